import { createDct } from '../dsp/dct.ts'
import { warp, type WarpPath } from './dynamic-time-warping.ts'
import { BANDS, LOW_BANDS, type EnvelopeClip } from './envelope-clip.ts'

/** How near one recording comes to another reading of the same words, whatever the channel. */
export interface ReadingLikeness {
  /** Correlation of the centered envelopes along the time-warped path: −1…1, robust against smoothing. */
  readonly correlation: number
  /** Root mean square distance of the centered envelopes along the path, dB. */
  readonly distanceDb: number
}

/** The warp looks at this many cepstra: the shape without its grain. */
const WARP_CEPSTRA = 20
const NEPERS_OF_POWER_TO_DB = 10 / Math.LN10

/** Compares a clip with a reading of the same words. Both need at least one frame. */
export function compareReadings(clip: EnvelopeClip, reading: EnvelopeClip): ReadingLikeness {
  return alongPath(clip.centered, reading.centered, alignReadings(clip, reading))
}

/** Which frames of two readings belong together. */
export const alignReadings = (clip: EnvelopeClip, reading: EnvelopeClip): WarpPath =>
  warp(cepstra(clip), cepstra(reading), WARP_CEPSTRA)

function cepstra({ centered, frameCount }: EnvelopeClip): Float32Array {
  const dct = createDct(LOW_BANDS)
  const result = new Float32Array(frameCount * WARP_CEPSTRA)
  for (let frame = 0; frame < frameCount; frame++)
    dct.forward(centered, frame * BANDS, result, frame * WARP_CEPSTRA, WARP_CEPSTRA)
  return result
}

function alongPath(first: Float32Array, second: Float32Array, path: WarpPath): ReadingLikeness {
  let [cross, firstPower, secondPower, squares] = [0, 0, 0, 0]
  for (const [i, j] of path) {
    for (let band = 0; band < LOW_BANDS; band++) {
      const a = first[i * BANDS + band]
      const b = second[j * BANDS + band]
      cross += a * b
      firstPower += a * a
      secondPower += b * b
      squares += (a - b) ** 2
    }
  }
  return {
    correlation: cross / Math.sqrt(firstPower * secondPower + 1e-12),
    distanceDb: NEPERS_OF_POWER_TO_DB * Math.sqrt(squares / Math.max(1, path.length * LOW_BANDS)),
  }
}

/** Whether the target's reading is the nearest, by distance and by correlation, and by how many dB nearer than the others' mean. */
export interface Nearness {
  /** 0, ½ or 1: the mean of both votes. */
  readonly vote: number
  readonly marginDb: number
}

export function nearness(target: ReadingLikeness, others: readonly ReadingLikeness[]): Nearness {
  const byDistance = others.every((other) => target.distanceDb < other.distanceDb)
  const byCorrelation = others.every((other) => target.correlation > other.correlation)
  const meanOther = others.reduce((sum, other) => sum + other.distanceDb, 0) / others.length
  return { vote: (Number(byDistance) + Number(byCorrelation)) / 2, marginDb: meanOther - target.distanceDb }
}

/** Variance of the cepstra 1–30 over time, relative to the target's own: 1 is as lively as the real singer. */
export function varianceRatio(clip: EnvelopeClip, targets: readonly EnvelopeClip[]): number {
  const own = cepstralVariance(clip)
  const wanted = targets.map(cepstralVariance)
  let sum = 0
  for (let k = 1; k <= LIVELY_CEPSTRA; k++) {
    const mean = wanted.reduce((total, variance) => total + variance[k], 0) / wanted.length
    sum += Math.log((own[k] + 1e-9) / (mean + 1e-9))
  }
  return Math.exp(sum / LIVELY_CEPSTRA)
}
const LIVELY_CEPSTRA = 30

function cepstralVariance({ shapes, frameCount }: EnvelopeClip): Float64Array {
  const dct = createDct(BANDS)
  const mean = new Float64Array(BANDS)
  const squares = new Float64Array(BANDS)
  const frameCepstra = new Float64Array(BANDS)
  for (let frame = 0; frame < frameCount; frame++) {
    dct.forward(shapes, frame * BANDS, frameCepstra, 0)
    for (let k = 0; k < BANDS; k++) {
      mean[k] += frameCepstra[k] / frameCount
      squares[k] += frameCepstra[k] ** 2 / frameCount
    }
  }
  return squares.map((value, k) => Math.max(0, value - mean[k] ** 2))
}
