import { compSpans } from '../../../shared/project/comp.ts'
import type { Region } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import { snapPosition, type SnapStep } from '../../../shared/project/snap.ts'
import type { SongTime } from '../../../shared/units/song-time.ts'
import type { Samples } from '../../../shared/units/time.ts'

/** A span between two joins of a region's takes, on the timeline. */
export interface TakeSpan {
  readonly index: number
  readonly takeNumber: number
  readonly startSamples: Samples
  readonly endSamples: Samples
}

export function takeSpans(region: Region): readonly TakeSpan[] {
  const spans = compSpans(region)
  const toTimeline = region.startSamples - region.sourceStartSamples
  return spans.map(({ startSamples, takeNumber }, index) => ({
    index,
    takeNumber,
    startSamples: startSamples + toTimeline,
    endSamples: index + 1 < spans.length ? spans[index + 1].startSamples + toTimeline : regionEnd(region),
  }))
}

/** A position of a region's source, under a position of the timeline that the grid holds. */
export function sourceAt(time: SongTime, region: Region, position: Samples, step: SnapStep): Samples {
  const snapped = snapPosition(position, step, time)
  const inside = Math.min(regionEnd(region), Math.max(region.startSamples, snapped))
  return inside - region.startSamples + region.sourceStartSamples
}
