import { readHermite } from '../../dsp/hermite.ts'
import type { GrainPlan } from '../../kernels/transposition.ts'
import { nearestMark } from './marks.ts'

/** Sets the nearest source grain, one period to each side under a raised cosine, at every target mark. */
export function overlapAdd(harmonic: Float64Array, plan: GrainPlan): Float64Array {
  const { sourceMarks, targetMarks, frequency, voicing, paddingSamples: padding, middleShare } = plan
  const last = harmonic.length - 1
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
    const [other, share] = secondMark(sourceMarks, nearest, target, middleShare)
    addGrain(sourceMarks[nearest], target, 1 - share)
    if (share > 0) addGrain(sourceMarks[other], target, share)
  }
  return output
}

/** The mark on the target's other side, and its share of the grain: ½ in the middle, 0 anywhere but there. */
function secondMark(
  marks: Float64Array,
  nearest: number,
  target: number,
  middleShare: number,
): readonly [mark: number, share: number] {
  const other = marks[nearest] < target ? nearest + 1 : nearest - 1
  if (other < 0 || other >= marks.length) return [nearest, 0]
  const distance = Math.abs(marks[other] - marks[nearest])
  const offMiddle = Math.abs(marks[other] - target) / distance - 0.5
  return [other, Math.max(0, 0.5 - (0.5 * offMiddle) / middleShare)]
}
