import { correlationOf } from '../../shared/dsp/correlation.ts'
import { stretchEnvelope } from '../../shared/project/comp.ts'
import type { GainPoint, Neighbor } from '../../shared/project/envelope.ts'
import { partEnd, type Heard, heardOf, type Part, type Sound, type TakeSound } from './arrangement.ts'
import type { MediaCache } from './media-cache.ts'

/** The parts that sound together with `part` on its strip, with their likeness measured on the overlap. */
export function neighborsOf(
  part: Part,
  parts: readonly Part[],
  media: Pick<MediaCache, 'peek'>,
  listensTo: Heard,
): readonly Neighbor[] {
  return parts
    .filter((other) => other.id !== part.id && other.stripId === part.stripId && overlaps(part, other))
    .map((other) => ({ part: other, correlation: likeness(part, other, media, listensTo) }))
}

const overlaps = (a: Part, b: Part): boolean => a.startSamples < partEnd(b) && b.startSamples < partEnd(a)

function likeness(a: Part, b: Part, media: Pick<MediaCache, 'peek'>, listensTo: Heard): number {
  const start = Math.max(a.startSamples, b.startSamples)
  const duration = Math.min(partEnd(a), partEnd(b)) - start
  const [aSound, bSound] = [soundOf(a, listensTo), soundOf(b, listensTo)]
  const aBuffer = media.peek(aSound.mediaId)
  const bBuffer = media.peek(bSound.mediaId)
  if (!aBuffer || !bBuffer) return 0
  return correlationOf(
    aBuffer.getChannelData(0),
    aSound.startSamples + start - a.startSamples,
    bBuffer.getChannelData(0),
    bSound.startSamples + start - b.startSamples,
    duration,
  )
}

const soundOf = (part: Part, listensTo: Heard): Sound =>
  heardOf(part, listensTo) === 'converted' && part.converted ? part.converted : part.original

/** The gain of each take of a part over the timeline: crossfades whose law follows from how alike two takes are there. */
export function takeEnvelopesOf(
  { takes, startSamples }: Part,
  media: Pick<MediaCache, 'peek'>,
): readonly (readonly GainPoint[])[] {
  const joins = takes.slice(1).map((right, index) => takeLikeness(takes[index], right, startSamples, media))
  return takes.map((take, index) => stretchEnvelope(take, joins[index - 1] ?? 0, joins[index] ?? 0))
}

function takeLikeness(left: TakeSound, right: TakeSound, partStart: number, media: Pick<MediaCache, 'peek'>): number {
  const [first, second] = [media.peek(left.mediaId), media.peek(right.mediaId)]
  if (!first || !second) return 0
  const at = right.startSamples - partStart
  return correlationOf(
    first.getChannelData(0),
    left.mediaStartSamples + at,
    second.getChannelData(0),
    right.mediaStartSamples + at,
    right.fadeInSamples,
  )
}
