import { interpolateLinear } from '../../dsp/interpolate.ts'
import { unvoicedF0Hz } from '../constants.ts'

/** Where the excitation puts its pulses. Every list has one entry a pulse. */
export interface Pulses {
  readonly count: number
  /** Last sample before the pulse. */
  readonly indices: Int32Array
  /** How much later than that sample the pulse lies. */
  readonly shiftsSec: Float64Array
  readonly isVoiced: readonly boolean[]
}

/** One pulse a period; unvoiced stretches pulse at 500 Hz, to carry their noise. `f0` in Hz a frame, 0 unvoiced. */
export function locatePulses(
  f0: Float64Array,
  fs: number,
  fftSize: number,
  framePeriodSec: number,
  sampleCount: number,
): Pulses {
  // A longer period than the transform cannot be synthesized; the reference divides in whole numbers.
  const lowestF0Hz = Math.floor(fs / fftSize) + 1
  const usable = f0.map((value) => (value < lowestF0Hz ? 0 : value))
  const voiced = usable.map((value) => (value === 0 ? 0 : 1))
  const f0AtSamples = toSamples(usable, fs, framePeriodSec, sampleCount)
  const voicedAtSamples = toSamples(voiced, fs, framePeriodSec, sampleCount)
  const phase = new Float64Array(sampleCount)
  let total = 0
  for (let i = 0; i < sampleCount; i++) {
    total += (2 * Math.PI * (voicedAtSamples[i] > 0.5 ? f0AtSamples[i] : unvoicedF0Hz)) / fs
    phase[i] = total % (2 * Math.PI)
  }
  const indices: number[] = []
  const shiftsSec: number[] = []
  for (let i = 0; i + 1 < sampleCount; i++) {
    if (Math.abs(phase[i + 1] - phase[i]) <= Math.PI) continue
    const before = phase[i] - 2 * Math.PI
    indices.push(i)
    shiftsSec.push(-before / (phase[i + 1] - before) / fs)
  }
  return {
    count: indices.length,
    indices: Int32Array.from(indices),
    shiftsSec: Float64Array.from(shiftsSec),
    isVoiced: indices.map((i) => voicedAtSamples[i] > 0.5),
  }
}

/** Linear between frames; one frame more, on the line of the last two, covers the end. */
function toSamples(values: Float64Array, fs: number, framePeriodSec: number, sampleCount: number): Float64Array {
  const frames = values.length
  const extended = new Float64Array(frames + 1)
  extended.set(values)
  extended[frames] = frames > 1 ? 2 * values[frames - 1] - values[frames - 2] : values[0]
  const axis = Float64Array.from({ length: frames + 1 }, (_, i) => (i * 1000 * framePeriodSec) / 1000)
  const times = Float64Array.from({ length: sampleCount }, (_, i) => i / fs)
  const output = new Float64Array(sampleCount)
  interpolateLinear(axis, extended, times, output)
  return output
}
