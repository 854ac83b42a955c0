import { readHermite } from '../../dsp/hermite.ts'
import { nearestMark } from './marks.ts'

/** Silence put around the harmonic part, so that grains at the ends may reach beyond it: longer than any period. */
const PADDING_SEC = 0.06

/** Where grains are taken, and where they go. */
export interface GrainPlan {
  /** Marks of the source, one a period, in fractional samples. */
  readonly sourceMarks: Float64Array
  readonly targetMarks: Float64Array
  /** Periods per sample of the source. */
  readonly frequency: Float64Array
  readonly voicing: Float64Array
}

/** Sets the nearest source grain, one period to each side under a raised cosine, at every target mark. */
export function overlapAdd(harmonic: Float64Array, rateHz: number, plan: GrainPlan): Float64Array {
  const { sourceMarks, targetMarks, frequency, voicing } = plan
  const last = harmonic.length - 1
  const padding = Math.trunc(rateHz * PADDING_SEC)
  const padded = new Float64Array(harmonic.length + 2 * padding)
  padded.set(harmonic, padding)
  const output = new Float64Array(harmonic.length)
  if (sourceMarks.length === 0) return output
  for (const target of targetMarks) {
    if (voicing[Math.min(Math.floor(target), last)] <= 0) continue
    const source = sourceMarks[nearestMark(sourceMarks, target)]
    const half = 1 / frequency[Math.min(Math.floor(source), last)]
    const first = Math.max(Math.ceil(target - half), 0)
    const end = Math.min(Math.floor(target + half), last)
    if (end <= first) continue
    for (let index = first; index <= end; index++) {
      const offset = index - target
      const window = 0.5 + 0.5 * Math.cos((Math.PI * offset) / half)
      output[index] += readHermite(padded, source + offset + padding) * window
    }
  }
  return output
}
