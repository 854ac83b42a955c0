import type { RegionId } from '../../base/id.ts'
import { barNumbered, barStart, barUnder, quartersAt, samplesAt, type SongTime } from '../../units/song-time.ts'
import type { Samples } from '../../units/time.ts'
import type { Project } from '../model.ts'
import { duplicateRegions, type RegionSpan } from './regions.ts'

/** The whole bars that a span touches. */
export const wholeBars = ({ startSamples, endSamples }: RegionSpan, time: SongTime): RegionSpan => ({
  startSamples: barStart(time, barUnder(time, startSamples).number),
  endSamples: barStart(time, barUnder(time, endSamples - 1).number + 1),
})

/** Copies regions by whole bars, as few as leave the originals behind: each copy begins where it began in its bar. */
export const duplicateByBars = (
  project: Project,
  regionIds: readonly RegionId[],
  mint: () => RegionId,
  time: SongTime,
): Project =>
  duplicateRegions(project, regionIds, mint, ({ startSamples }, span) => {
    const bars = barUnder(time, span.endSamples - 1).number - barUnder(time, span.startSamples).number + 1
    return movedByBars(startSamples, bars, time)
  })

/** In a bar that is shorter than where a region began in its own, it begins in the next. */
function movedByBars(position: Samples, bars: number, time: SongTime): Samples {
  const from = barUnder(time, position)
  const into = quartersAt(time, position) - from.startQuarters
  return samplesAt(time, barNumbered(time, from.number + bars).startQuarters + Math.max(0, into))
}
