import type { Progress } from '../base/progress.ts'
import { subProgress } from '../base/progress.ts'
import { plainKernels, type Kernels } from '../kernels/kernels.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { forEachLogMel, readWindow } from './analyze.ts'
import { energies, FRAMES_PER_SEC, shapes } from './features.ts'
import type { SpectralBank } from './singer-model.ts'
import type { Resample, SampleSource } from './sound.ts'
import { bankSets, distanceDb, joinedSets, timbreSet, type TimbreSet } from './timbre-set.ts'
import { planSpan, surveySpan } from './windows.ts'

/** So much of a long sound is listened to, in stretches over its whole length. */
const WINDOW_LENGTHS = { shortestSec: 6, longestSec: 8, overlapSec: 0.1 }
const MOST_WINDOWS = 4
/** Clips are halved in stretches of this length. */
const STRETCH_SEC = 2
/** Within one recording the same sound is heard again right before and after. */
const APART_SEC = 0.5

/** How far a render's timbre is from its singers and its source: mean distance in dB of spectra and the nearest real ones. */
export interface TimbreEvidence {
  /** In the order they were given. */
  readonly singers: readonly SingerDistance[]
  readonly source: {
    readonly renderDb: number | null
    /** Of the source's spectra among themselves. */
    readonly itselfDb: number | null
  }
}

export interface SingerDistance {
  readonly renderDb: number | null
  /** The floor: of the source before conversion. */
  readonly unconvertedDb: number | null
  /** The ceiling: of half of the singer's own clips from the other half. */
  readonly itselfDb: number | null
}

/** A sound with its pitch, Hz per 5 ms frame, 0 unvoiced. */
export interface PitchedSource {
  readonly sound: SampleSource
  readonly f0: Float32Array
}

export function timbreEvidence(
  source: PitchedSource,
  render: PitchedSource,
  banks: readonly SpectralBank[],
  tools: { readonly resample: Resample; readonly kernels?: Kernels; readonly progress: Progress },
): TimbreEvidence {
  const [before, after] = [source, render].map((one, index) =>
    listen(one, { ...tools, progress: subProgress(tools.progress, index / 2, (index + 1) / 2) }),
  )
  return {
    singers: banks.map((bank) => {
      const clips = bankSets(bank)
      const own = joinedSets(clips)
      return { renderDb: distanceDb(after, own), unconvertedDb: distanceDb(before, own), itselfDb: halvesDb(clips) }
    }),
    source: { renderDb: distanceDb(after, before, APART_SEC), itselfDb: distanceDb(before, before, APART_SEC) },
  }
}

/** Every other stretch of the clips against the stretches between, so that both halves hold all that was recorded. */
function halvesDb(clips: readonly TimbreSet[]): number | null {
  const [first, second] = [0, 1].map((half) => ({
    frames: clips.flatMap(({ frames }, clip) =>
      frames.filter(({ sec }) => (Math.floor(sec / STRETCH_SEC) + clip) % 2 === half),
    ),
  }))
  return distanceDb(first, second)
}

function listen(
  { sound, f0 }: PitchedSource,
  { resample, kernels = plainKernels, progress }: Parameters<typeof timbreEvidence>[3],
): TimbreSet {
  const span = planSpan(sound, 0, sound.durationSamples)
  const { windows, peak } = surveySpan(span, subProgress(progress, 0, 0.1), WINDOW_LENGTHS)
  if (peak === 0) return { frames: [] }
  const count = Math.min(MOST_WINDOWS, windows.length)
  const chosen = Array.from({ length: count }, (_, index) => windows[Math.floor((index * windows.length) / count)])
  const rows: number[] = []
  const frames: number[] = []
  const onRow = (frame: number, row: Float32Array) => {
    if (frame % 2 === 1) return
    frames.push(frame)
    for (let band = 0; band < BAND_COUNT; band++) rows.push(row[band])
  }
  const survey = { windows: chosen, peak }
  forEachLogMel(span, survey, f0, readWindow(span), resample, subProgress(progress, 0.1, 1), kernels, onRow)
  const lm = Float64Array.from(rows)
  const times = frames.map((frame) => frame / FRAMES_PER_SEC)
  return timbreSet(
    shapes(lm),
    Float64Array.from(frames, (frame) => f0[frame]),
    energies(lm),
    times,
  )
}
