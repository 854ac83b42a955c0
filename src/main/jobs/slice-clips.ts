import { NARROW_BELOW_HZ } from '../compute/clips/clip-verdict.ts'
import type { Clip } from '../library/clips.ts'
import type { TrainingRequest } from './training-request.ts'

/**
 * What a training takes of its clips, kept with its request so that it goes on with the same after a restart: the
 * slices that a person chose, else those that the inspection cut; a clip that was never inspected is used whole.
 */
export function sliceClips(
  clips: readonly Clip[],
  chosen: TrainingRequest['slices'] = {},
): Pick<TrainingRequest, 'slices' | 'narrowClipIds'> {
  const known = clips.flatMap(({ id, verdict }) => {
    const slices = chosen[id] ?? verdict?.slices ?? []
    return slices.length === 0 ? [] : [[id, slices] as const]
  })
  const narrow = clips.filter(({ verdict }) => (verdict?.cutoffHz ?? Infinity) < NARROW_BELOW_HZ)
  return { slices: Object.fromEntries(known), narrowClipIds: narrow.map(({ id }) => id) }
}
