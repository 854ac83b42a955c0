import type { Resample } from '../../src/shared/conversion/sound.ts'

const ZERO_CROSSINGS = 24

/** A plain windowed-sinc resampler for tests: exact length, no delay. */
export const sincResample: Resample = (mono, fromHz, toHz) => {
  if (fromHz === toHz) return mono.slice()
  const count = Math.round((mono.length * toHz) / fromHz)
  const cutoff = Math.min(1, toHz / fromHz) * 0.95
  const reach = Math.ceil(ZERO_CROSSINGS / cutoff)
  const phases = toHz / greatestCommonDivisor(fromHz, toHz)
  const kernels = Array.from({ length: phases }, (_, phase) => kernel(((phase * fromHz) / toHz) % 1, reach, cutoff))
  return Float32Array.from({ length: count }, (_, index) => {
    const position = (index * fromHz) / toHz
    const first = Math.floor(position + 1e-9) - reach + 1
    const weights = kernels[index % phases]
    let sum = 0
    for (let tap = 0; tap < weights.length; tap++) sum += weights[tap] * (mono[first + tap] ?? 0)
    return sum
  })
}

function kernel(fraction: number, reach: number, cutoff: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * reach }, (_, tap) => {
    const distance = tap - reach + 1 - fraction
    const window = 0.5 + 0.5 * Math.cos((Math.PI * Math.min(1, Math.abs(distance) / reach)) / 1)
    const angle = Math.PI * cutoff * distance
    return window * cutoff * (Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle)
  })
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b))
