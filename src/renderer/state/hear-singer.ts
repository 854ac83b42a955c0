import type { Singer } from '../../shared/contract/library.ts'
import { auditionMediaId, renderMediaId, type MediaId } from '../../shared/contract/media.ts'
import type { Call } from '../../shared/contract/verbs.ts'
import type { Project } from '../../shared/project/model.ts'
import type { Audition } from './Audition.svelte.ts'

export interface Hearing {
  readonly call: Call
  readonly audition: Pick<Audition, 'current' | 'play' | 'stop'>
  /** The open song, if any. */
  readonly project: Project | null
  say(message: string): void
}

/** Plays what there is of a singer: the phrase of the newest checkpoint, else a render of the open song; again, and it stops. */
export async function hearSinger(singer: Singer, { call, audition, project, say }: Hearing): Promise<void> {
  if (isHeard(singer, audition.current, project)) return audition.stop()
  const curve = await call('singer:trainingCurve', { singerId: singer.id })
  const auditionId = curve.findLast((point) => point.auditionId !== null)?.auditionId ?? null
  const [render] = mediaOfSinger(singer, project)
  const mediaId = auditionId === null ? render : auditionMediaId(singer.id, auditionId)
  if (mediaId === undefined)
    return say(`There is nothing to hear of ${singer.name} yet: convert a region, and it plays here.`)
  await audition.play(mediaId)
}

/** Whether something of a singer plays. */
export const isHeard = (singer: Singer, current: MediaId | null, project: Project | null): boolean =>
  current !== null &&
  (current.startsWith(auditionMediaId(singer.id, '')) || mediaOfSinger(singer, project).includes(current))

function mediaOfSinger({ id }: Singer, project: Project | null): readonly MediaId[] {
  if (!project) return []
  return Object.values(project.regions)
    .filter((region) => region.render?.performance.singerId === id && region.render.performance.blend.length === 0)
    .sort((a, b) => a.startSamples - b.startSamples)
    .flatMap((region) => (region.render ? [renderMediaId(project.id, region.render.key)] : []))
}
