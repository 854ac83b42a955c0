import { unvoicedF0Hz } from '../constants.ts'

/** Where the excitation puts its pulses. Every list has one entry a pulse. */
export interface Pulses {
  /** Last sample before the pulse. */
  readonly indices: Int32Array
  /** How much later than that sample the pulse lies, 0 to 1. */
  readonly shiftsSamples: Float64Array
  /** 1 or 0. */
  readonly isVoiced: Int32Array
}

const turn = 2 * Math.PI

/** Gives the pulses that lie before a sample and were not given before. */
export type LocatePulses = (endSample: number) => Pulses

/** One pulse a period; unvoiced stretches pulse at 500 Hz, to carry their noise. `f0` in Hz a frame, 0 unvoiced. */
export function createPulseLocator(
  f0: Float64Array,
  fs: number,
  fftSize: number,
  framePeriodSec: number,
): LocatePulses {
  const lowestF0Hz = lowestPulseHz(fs, fftSize)
  const usable = extended(f0.map((value) => (value < lowestF0Hz ? 0 : value)))
  const voiced = extended(f0.map((value) => (value < lowestF0Hz ? 0 : 1)))
  let next = 0
  let total = 0
  let before = 0
  let wasVoiced = false
  let frame = 0
  return (endSample) => {
    const indices: number[] = []
    const shiftsSamples: number[] = []
    const isVoiced: number[] = []
    for (; next < endSample; next++) {
      const sec = next / fs
      while (frame < f0.length - 1 && sec >= frameSec(frame + 1, framePeriodSec)) frame++
      const start = frameSec(frame, framePeriodSec)
      const part = (sec - start) / (frameSec(frame + 1, framePeriodSec) - start)
      const voicing = voiced[frame] + part * (voiced[frame + 1] - voiced[frame])
      const f0Hz = voicing > 0.5 ? usable[frame] + part * (usable[frame + 1] - usable[frame]) : unvoicedF0Hz
      total += (turn * f0Hz) / fs
      const phase = total - turn * Math.floor(total / turn)
      if (next > 0 && Math.abs(phase - before) > Math.PI) {
        indices.push(next - 1)
        shiftsSamples.push((turn - before) / (phase - before + turn))
        isVoiced.push(wasVoiced ? 1 : 0)
      }
      before = phase
      wasVoiced = voicing > 0.5
    }
    return {
      indices: Int32Array.from(indices),
      shiftsSamples: Float64Array.from(shiftsSamples),
      isVoiced: Int32Array.from(isVoiced),
    }
  }
}

/** A longer period than the transform cannot be synthesized; the reference divides in whole numbers. */
export const lowestPulseHz = (fs: number, fftSize: number): number => Math.floor(fs / fftSize) + 1

/** As the reference computes it, in milliseconds. */
const frameSec = (frame: number, framePeriodSec: number): number => (frame * 1000 * framePeriodSec) / 1000

/** One frame more, on the line of the last two, covers the end. */
function extended(values: Float64Array): Float64Array {
  const count = values.length
  const result = new Float64Array(count + 1)
  result.set(values)
  result[count] = count > 1 ? 2 * values[count - 1] - values[count - 2] : values[0]
  return result
}
