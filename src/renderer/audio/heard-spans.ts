import type { Samples } from '../../shared/units/time.ts'
import { partEnd, type Part, type TakeSound } from './arrangement.ts'
import type { MediaSpan } from './media-cache.ts'

/** What of its media sounds of a part, heard or held ready for the other side, over a span of the timeline. */
export function heardSpans(part: Part, fromSamples: Samples, untilSamples: Samples): readonly MediaSpan[] {
  const until = Math.max(untilSamples, part.startSamples + 1)
  return stretchesOf(part).flatMap(({ mediaId, mediaStartSamples, startSamples, endSamples }) => {
    const [first, last] = [Math.max(fromSamples, startSamples), Math.min(until, endSamples)]
    const offset = mediaStartSamples - part.startSamples
    return last > first ? [{ mediaId, startSamples: first + offset, endSamples: last + offset }] : []
  })
}

/** One medium over a span of the timeline. */
export type Stretch = Pick<TakeSound, 'mediaId' | 'mediaStartSamples' | 'startSamples' | 'endSamples'>

const stretchesOf = (part: Part): readonly Stretch[] => [
  { mediaId: part.original.mediaId, mediaStartSamples: part.original.startSamples, ...spanOf(part) },
  ...convertedStretches(part),
]

/** One converted sound throughout, or the takes of a comp. */
export function convertedStretches(part: Part): readonly Stretch[] {
  if (part.takes.length > 0) return part.takes
  if (!part.converted) return []
  return [{ mediaId: part.converted.mediaId, mediaStartSamples: part.converted.startSamples, ...spanOf(part) }]
}

const spanOf = (part: Part): Pick<Stretch, 'startSamples' | 'endSamples'> => ({
  startSamples: part.startSamples,
  endSamples: partEnd(part),
})
