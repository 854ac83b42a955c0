import { correlatedSamples, correlationOf } from '../../shared/dsp/correlation.ts'
import { stretchEnvelope } from '../../shared/project/comp.ts'
import type { GainPoint, Neighbor } from '../../shared/project/envelope.ts'
import type { Samples } from '../../shared/units/time.ts'
import { partEnd, type Heard, heardOf, type Part, type Sound, type TakeSound } from './arrangement.ts'
import type { MediaCache, MediaSpan } from './media-cache.ts'

type Media = Pick<MediaCache, 'samplesOf'>
/** Two spans of equal length that sound at the same time. */
type Pair = readonly [MediaSpan, MediaSpan]

/** The parts that sound together with `part` on its strip, with their likeness measured on the overlap. */
export const neighborsOf = (part: Part, parts: readonly Part[], media: Media, listensTo: Heard): readonly Neighbor[] =>
  overlapping(part, parts).map((other) => ({
    part: other,
    correlation: likeness(overlapOf(part, other, listensTo), media),
  }))

/** The gain of each take of a part over the timeline: crossfades whose law follows from how alike two takes are there. */
export function takeEnvelopesOf(part: Part, media: Media): readonly (readonly GainPoint[])[] {
  const joins = joinsOf(part).map((pair) => likeness(pair, media))
  return part.takes.map((take, index) => stretchEnvelope(take, joins[index - 1] ?? 0, joins[index] ?? 0))
}

/** What of its media, and of its neighbors', has to be there before a part's gains are known. */
export const comparedSpans = (part: Part, parts: readonly Part[], listensTo: Heard): readonly MediaSpan[] =>
  [...overlapping(part, parts).map((other) => overlapOf(part, other, listensTo)), ...joinsOf(part)].flat()

const overlapping = (part: Part, parts: readonly Part[]): readonly Part[] =>
  parts.filter(
    (other) =>
      other.id !== part.id &&
      other.stripId === part.stripId &&
      part.startSamples < partEnd(other) &&
      other.startSamples < partEnd(part),
  )

function overlapOf(a: Part, b: Part, listensTo: Heard): Pair {
  const start = Math.max(a.startSamples, b.startSamples)
  const duration = Math.min(partEnd(a), partEnd(b)) - start
  const spanOf = (part: Part): MediaSpan => {
    const { mediaId, startSamples } = soundOf(part, listensTo)
    return spanFrom(mediaId, startSamples + start - part.startSamples, duration)
  }
  return [spanOf(a), spanOf(b)]
}

const soundOf = (part: Part, listensTo: Heard): Sound =>
  heardOf(part, listensTo) === 'converted' && part.converted ? part.converted : part.original

/** Where one take of a part goes over into the next. */
const joinsOf = ({ takes, startSamples }: Part): readonly Pair[] =>
  takes.slice(1).map((right, index) => {
    const at = right.startSamples - startSamples
    const spanOf = ({ mediaId, mediaStartSamples }: TakeSound): MediaSpan =>
      spanFrom(mediaId, mediaStartSamples + at, right.fadeInSamples)
    return [spanOf(takes[index]), spanOf(right)]
  })

/** No more of it is compared. */
const spanFrom = (mediaId: MediaSpan['mediaId'], startSamples: Samples, duration: Samples): MediaSpan => ({
  mediaId,
  startSamples,
  endSamples: startSamples + Math.min(duration, correlatedSamples),
})

function likeness([left, right]: Pair, media: Media): number {
  const [a, b] = [media.samplesOf(left), media.samplesOf(right)]
  if (!a || !b) return 0
  return correlationOf(a.channels[0], 0, b.channels[0], 0, left.endSamples - left.startSamples)
}
