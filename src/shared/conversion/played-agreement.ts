import { detectOnsets } from '../dsp/onsets.ts'
import { comparePitch } from './pitch-figures.ts'
import { mixDown, type Resample, type SampleSource } from './sound.ts'

/** How well what an instrument plays follows what it was given. */
export interface PlayedAgreement {
  /** Median distance from the melody where both have one, cents; null where nothing is voiced in both. */
  readonly medianCents: number | null
  /** Share of the frames voiced in both that are no further than 50 cents off. */
  readonly withinShare: number | null
  /** Where the source's notes and syllables begin. */
  readonly onsetCount: number
  /** Those with a beginning of the render within 50 ms; each of the render counts once. */
  readonly foundOnsetCount: number
  /** Beginnings in the render: many more than the source's are notes of its own. */
  readonly renderOnsetCount: number
}

const NEAR_SEC = 0.05
/** Where most instruments' energy is, and all of a domain's: what lies above tells nothing of when it began. */
const HEARD_RATE_HZ = 16_000
/** At whole seconds every rate has a sample. */
const PIECE_SEC = 20
const MARGIN_SEC = 1

/**
 * Holds a render's melody and its beginnings against those of its source.
 * @param expectedF0 what the melody should be, Hz per 5 ms, 0 unvoiced
 * @param renderF0 what was found in the render, the same way
 */
export function playedAgreement(
  original: SampleSource,
  render: SampleSource,
  { expectedF0, renderF0 }: { readonly expectedF0: Float32Array; readonly renderF0: Float32Array },
  resample: Resample,
): PlayedAgreement {
  const { medianCents, strayShare } = comparePitch(renderF0, expectedF0, 0)
  const [asked, played] = [original, render].map((sound) => onsetsOf(sound, resample))
  return {
    medianCents,
    withinShare: medianCents === null ? null : 1 - strayShare,
    onsetCount: asked.length,
    foundOnsetCount: countFound(asked, played),
    renderOnsetCount: played.length,
  }
}

/** Seconds, ascending; in bounded memory. */
function onsetsOf(sound: SampleSource, resample: Resample): number[] {
  const { rateHz, durationSamples } = sound
  const onsets: number[] = []
  for (let sec = 0; sec * rateHz < durationSamples; sec += PIECE_SEC) {
    const firstSec = Math.max(sec - MARGIN_SEC, 0)
    const first = firstSec * rateHz
    const last = Math.min((sec + PIECE_SEC + MARGIN_SEC) * rateHz, durationSamples)
    const mono = mixDown(sound.read(first, last - first))
    const heard = rateHz === HEARD_RATE_HZ ? mono : resample(mono, rateHz, HEARD_RATE_HZ)
    const found = detectOnsets(heard, HEARD_RATE_HZ).map((at) => firstSec + at)
    onsets.push(...found.filter((at) => at >= sec && at < sec + PIECE_SEC))
  }
  return onsets
}

/** Both ascending: the earliest that is near enough is taken, which leaves the most for those that follow. */
function countFound(asked: readonly number[], played: readonly number[]): number {
  let [count, next] = [0, 0]
  for (const at of asked) {
    while (next < played.length && played[next] < at - NEAR_SEC) next++
    if (next === played.length || played[next] > at + NEAR_SEC) continue
    count++
    next++
  }
  return count
}
