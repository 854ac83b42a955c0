import { correlationOf } from '../../shared/dsp/correlation.ts'
import type { Neighbor } from '../../shared/project/envelope.ts'
import { partEnd, type Heard, heardOf, type Part, type Sound } from './arrangement.ts'
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
