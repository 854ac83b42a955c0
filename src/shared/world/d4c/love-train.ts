import { realFft } from '../../dsp/fft.ts'
import { envelopeFftSize } from '../cheaptrick.ts'
import type { Normals } from '../random.ts'
import { blackman, cutSegment, originSample, segmentHalf, type SegmentShape } from '../windowed-segment.ts'

/** Low-band energy is from 100 Hz to the first, over that to the second of these. */
const lowestHz = 100
const lowBandHz = 4000
const wholeBandHz = 7900
const lowestF0Hz = 40
const shape: SegmentShape = { window: blackman, periods: 3, isUnitEnergy: false, noiseLevel: 1e-6 }

/** Normals that one frame takes. */
export const loveTrainNormals = (f0Hz: number, fs: number): number =>
  2 * segmentHalf(shape.periods, Math.max(f0Hz, lowestF0Hz), fs) + 1

/** The share of a frame's energy that lies in the low band. */
export function createLoveTrain(x: Float64Array, fs: number, noise: Normals) {
  const size = envelopeFftSize(fs, lowestF0Hz)
  const fft = realFft(size)
  const window = new Float64Array(size)
  const segment = new Float64Array(size)
  const re = new Float64Array(size / 2 + 1)
  const im = new Float64Array(size / 2 + 1)
  const [first, low, whole] = [lowestHz, lowBandHz, wholeBandHz].map((hz) => Math.ceil((hz * size) / fs))
  const energy = (from: number, to: number): number => {
    let sum = 0
    for (let k = from + 1; k <= to; k++) sum += re[k] * re[k] + im[k] * im[k]
    return sum
  }
  return (f0Hz: number, positionSec: number): number => {
    const usedF0 = Math.max(f0Hz, lowestF0Hz)
    cutSegment(x, fs, usedF0, originSample(positionSec, fs), shape, noise, window, segment)
    fft.forward(segment, re, im)
    const inLowBand = energy(first, low)
    return inLowBand / (inLowBand + energy(low, whole))
  }
}
