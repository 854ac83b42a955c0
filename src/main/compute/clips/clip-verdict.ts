import type { PolyphonyReport } from '../../../shared/screening/polyphony.ts'
import type { PitchSummary } from './pitch-summary.ts'
import type { SoundScan } from './sound-scan.ts'

/** A clip under this teaches nothing but its edges. */
const SHORTEST_SEC = 1
/** Under this the noise of a common interface is as loud as the consonants. */
const QUIETEST_LUFS = -45
/** A clip with less voice is breath, noise or an instrument that the pitch tracker can't follow. */
const LEAST_VOICED = 0.1
/** Clipped samples: a few are forgiven, more are mentioned, this share makes a clip unfit. */
const MOST_CLIPPED = 0.01
const NOTED_CLIPPED = 1e-4
/** The voice should stand this far over its room. */
const LEAST_OVER_NOISE_DB = 20

export interface Verdict {
  readonly isKept: boolean
  readonly reason: string
}

const refused = (reason: string): Verdict => ({ isKept: false, reason })
const kept = (reason: string): Verdict => ({ isKept: true, reason })

/** Whether a clip is fit to train on, in plain words with the number found and the number needed. */
export function judgeClip(
  durationSec: number,
  scan: SoundScan,
  pitch: PitchSummary | null,
  voices: PolyphonyReport | null = null,
): Verdict {
  if (scan.firstBadSample !== null) return refused('broken: it holds samples that are not numbers')
  if (durationSec < SHORTEST_SEC) {
    return refused(`too short: ${durationSec.toFixed(1)} s, at least ${SHORTEST_SEC} s is needed`)
  }
  if (scan.peak === 0) return refused('silent: every sample is zero')
  if (scan.loudnessLufs === null || scan.loudnessLufs < QUIETEST_LUFS) {
    const found = scan.loudnessLufs === null ? 'under −70 LUFS' : `${words(scan.loudnessLufs)} LUFS`
    return refused(`too quiet: ${found}, at least ${words(QUIETEST_LUFS)} is needed`)
  }
  const clippedShare = scan.clippedSampleCount / Math.max(scan.sampleCount, 1)
  if (clippedShare > MOST_CLIPPED) {
    return refused(`clipped: ${percent(clippedShare)} of the samples are at full scale, at most 1 % may be`)
  }
  const voiced = pitch?.voicedFraction ?? 0
  if (voiced < LEAST_VOICED) {
    return refused(`hardly any voice: ${percent(voiced)} has a pitch, at least ${percent(LEAST_VOICED)} is needed`)
  }
  if (voices?.isPolyphonic) {
    return kept(
      `usable, but it does not look like a solo voice: a second pitch sounds in ${percent(voices.secondPitchShare)} of it; leave out duets, choirs and accompaniment`,
    )
  }
  const overNoiseDb = scan.noiseFloorDb === null ? Infinity : scan.loudnessLufs - scan.noiseFloorDb
  if (voiced < 0.9 && overNoiseDb < LEAST_OVER_NOISE_DB) {
    return kept(
      `usable, but noisy: the noise is ${words(overNoiseDb)} dB under the voice, ${LEAST_OVER_NOISE_DB} would be clean`,
    )
  }
  if (clippedShare > NOTED_CLIPPED) return kept(`usable, but clipped: ${scan.clippedSampleCount} samples at full scale`)
  return kept('clean')
}

const percent = (share: number) => `${(100 * share).toFixed(share < 0.01 ? 1 : 0)} %`
const words = (decibels: number) => decibels.toFixed(0).replace('-', '−')
