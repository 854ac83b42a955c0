import { throwIfCancelled, type Progress } from '../base/progress.ts'
import type { FilterKernel } from '../kernels/differential-filter.ts'
import type { ReadWindow } from './analyze.ts'
import { createDifferentialFilter, placedSound, type PlacedSound, type SpectralChange } from './differential-filter.ts'
import { createPeakLimiter } from './peak-limiter.ts'
import type { SampleSink } from './sound.ts'
import type { AnalysisSpan, Survey } from './windows.ts'

/** One window goes over into the next within this. */
const CROSSFADE_SEC = 0.005
const CEILING = 0.98

/** Sound is kept under this, or under its source's own peak where that is over full scale. */
export const ceilingOf = ({ peak }: Survey): number => (peak > 1 ? peak : CEILING)

/** Filters a region window by window and writes exactly its samples. `change` null leaves the windows as they are. */
export function renderRegion(
  span: AnalysisSpan,
  survey: Survey,
  read: ReadWindow,
  change: SpectralChange | null,
  progress: Progress,
  sink: SampleSink,
  kernel?: FilterKernel,
): void {
  const { rateHz } = span.source
  const filter = createDifferentialFilter(rateHz, kernel)
  const limiter = createPeakLimiter(ceilingOf(survey), rateHz, sink)
  const regionEnd = span.regionStartSamples + span.regionDurationSamples
  const fade = Math.round(CROSSFADE_SEC * rateHz)
  /** What the window before gives for the first samples of this one. */
  let tail: Float64Array[] = []
  const { windows } = survey
  for (const window of windows) {
    throwIfCancelled(progress)
    progress.report(window.index / windows.length, 'writing the sound')
    const start = Math.max(window.startSamples, span.regionStartSamples)
    const end = Math.min(window.endSamples, regionEnd)
    if (end <= start) continue
    const sound = placedSound(read(window), window.firstSamples)
    const count = Math.min(end + fade, regionEnd) - start
    const rendered = change ? filter.apply(sound, change, start, count) : cut(sound, start, count)
    rendered.forEach((channel, c) => crossfade(tail[c], channel))
    tail = rendered.map((channel) => channel.slice(end - start))
    limiter.push(rendered.map((channel) => channel.subarray(0, end - start)))
  }
  limiter.finish()
}

const cut = ({ channels, firstSamples }: PlacedSound, startSamples: number, count: number): Float64Array[] =>
  channels.map((channel) => channel.slice(startSamples - firstSamples, startSamples - firstSamples + count))

function crossfade(tail: Float64Array | undefined, next: Float64Array): void {
  if (!tail) return
  const count = Math.min(tail.length, next.length)
  for (let index = 0; index < count; index++) {
    const share = (index + 0.5) / count
    next[index] = tail[index] + (next[index] - tail[index]) * share
  }
}
