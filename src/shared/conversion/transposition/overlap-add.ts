import { readHermite } from '../../dsp/hermite.ts'
import { nearestMark } from './marks.ts'

/** Silence put around the harmonic part, so that grains at the ends may reach beyond it: longer than any period. */
const PADDING_SEC = 0.06
/**
 * A target that stands in the middle between two source marks takes both grains, and so does one that is off the
 * middle by less than this share of their distance, in proportion: the sound is continuous in the marks, and a
 * rounding error can't exchange a grain. So narrow that one grain in five thousand is mixed.
 */
const MIDDLE_SHARE = 1e-4

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

  function addGrain(source: number, target: number, share: number): void {
    const half = 1 / frequency[Math.min(Math.floor(source), last)]
    const first = Math.max(Math.ceil(target - half), 0)
    const end = Math.min(Math.floor(target + half), last)
    if (end <= first) return
    for (let index = first; index <= end; index++) {
      const offset = index - target
      const window = 0.5 + 0.5 * Math.cos((Math.PI * offset) / half)
      output[index] += readHermite(padded, source + offset + padding) * window * share
    }
  }

  for (const target of targetMarks) {
    if (voicing[Math.min(Math.floor(target), last)] <= 0) continue
    const nearest = nearestMark(sourceMarks, target)
    const [other, share] = secondMark(sourceMarks, nearest, target)
    addGrain(sourceMarks[nearest], target, 1 - share)
    if (share > 0) addGrain(sourceMarks[other], target, share)
  }
  return output
}

/** The mark on the target's other side, and its share of the grain: ½ in the middle, 0 anywhere but there. */
function secondMark(marks: Float64Array, nearest: number, target: number): readonly [mark: number, share: number] {
  const other = marks[nearest] < target ? nearest + 1 : nearest - 1
  if (other < 0 || other >= marks.length) return [nearest, 0]
  const distance = Math.abs(marks[other] - marks[nearest])
  const offMiddle = Math.abs(marks[other] - target) / distance - 0.5
  return [other, Math.max(0, 0.5 - (0.5 * offMiddle) / MIDDLE_SHARE)]
}
