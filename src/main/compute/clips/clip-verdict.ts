import type { ClipFault, ClipFinding } from '../../../shared/screening/finding.ts'
import type { ClippingReport } from '../../../shared/screening/clipping.ts'
import type { ClipExamination } from './clip-examination.ts'
import { findRoom } from './room-finding.ts'

/** A clip under this teaches nothing but its edges. */
const SHORTEST_SEC = 1
/** Under this the noise of a common interface is as loud as the consonants. */
const QUIETEST_LUFS = -45
/** Told only: learning raises every clip to one level, and its noise with it. */
const NOTED_LUFS = -33
/** A clip with less voice is breath, noise or an instrument that the pitch tracker can't follow. */
const LEAST_VOICED = 0.1
/** Two flat tops at the highest place of a sound: no clean recording had even one. */
const FEWEST_FLAT_TOPS = 2
/** Clipped samples: a few are forgiven, this share makes a clip unfit. */
const MOST_CLIPPED = 0.01
const NOTED_CLIPPED = 1e-4
/** A clip of which less than this sounds is told to be mostly pauses; they are cut away before learning. */
const LEAST_SOUNDING = 0.25
/** Under this the upper bands that are learned (to 12 kHz) are empty. */
export const NARROW_BELOW_HZ = 11_000
/** Below, even the bands that carry words are. */
const WORDS_HZ = 7500

/** Scores of solo voices stay under these, dry ones and those in a live room; see README.md of screening. */
const DRY = { fallDb: 46, score: 0.08 }
const LIVE = { fallDb: 40, score: 0.135 }
/** By so much more for each dB under that, and from here on nothing is said. */
const LIVE_SLOPE = 0.01
const HALL_FALL_DB = 25
/** From this multiple of the limit on a clip is left out. */
const SEVERAL_FACTOR = 1.5
/** With less sound than this nothing is said of its voices. */
const LEAST_ACTIVE_SEC = 1
/** An edge this near to half of the file's own rate is that rate, not a coder. */
const OWN_RATE_SHARE = 0.9

/** What the file said of itself, before it was brought to the library's rate. */
export interface OriginalFile {
  readonly rateHz: number
  readonly clipping: ClippingReport
}

/** What is wrong with a clip by itself, the severest first. Empty: clean. */
export function findFaults(exam: ClipExamination, original: OriginalFile | null): ClipFinding[] {
  const fatal = findFatal(exam)
  if (fatal !== null) return [fatal]
  const found = [
    findClipping(exam, original?.clipping ?? null),
    findVoice(exam),
    findVoices(exam),
    ...findRoom(exam.facts),
    findBandwidth(exam, original),
    findPauses(exam),
    findLevel(exam),
  ].filter((finding) => finding !== null)
  return found.sort((a, b) => Number(b.isSevere) - Number(a.isSevere))
}

const severe = (fault: ClipFault, words: string): ClipFinding => ({ fault, isSevere: true, words })
const mild = (fault: ClipFault, words: string): ClipFinding => ({ fault, isSevere: false, words })

function findFatal({ scan, durationSec }: ClipExamination): ClipFinding | null {
  if (scan.firstBadSample !== null) return severe('broken', 'broken: it holds samples that are not numbers')
  if (durationSec < SHORTEST_SEC) {
    return severe('too-short', `too short: ${durationSec.toFixed(1)} s, at least ${SHORTEST_SEC} s is needed`)
  }
  if (scan.peak === 0) return severe('silent', 'silent: every sample is zero')
  if (scan.loudnessLufs === null || scan.loudnessLufs < QUIETEST_LUFS) {
    const found = scan.loudnessLufs === null ? 'under −70 LUFS' : `${decibels(scan.loudnessLufs)} LUFS`
    return severe('too-quiet', `too quiet: ${found}, at least ${decibels(QUIETEST_LUFS)} is needed`)
  }
  return null
}

/** The file itself tells best; where it is not at hand, samples at full scale do. */
function findClipping({ scan }: ClipExamination, original: ClippingReport | null): ClipFinding | null {
  const share = scan.clippedSampleCount / Math.max(scan.sampleCount, 1)
  const flatShare = original === null ? 0 : original.flatSampleCount / Math.max(original.sampleCount, 1)
  if (share > MOST_CLIPPED) {
    return severe('clipped', `clipped: ${percent(share)} of the samples are at full scale, at most 1 % may be`)
  }
  if (flatShare > MOST_CLIPPED) {
    return severe('clipped', `clipped: ${percent(flatShare)} of the samples are cut off, at most 1 % may be`)
  }
  if (original !== null && original.flatTopCount >= FEWEST_FLAT_TOPS) {
    return mild('clipped', `usable, but clipped: ${original.flatTopCount} peaks are cut off`)
  }
  if (share <= NOTED_CLIPPED) return null
  return mild('clipped', `usable, but clipped: ${scan.clippedSampleCount} samples at full scale`)
}

function findVoice({ pitch }: ClipExamination): ClipFinding | null {
  const voiced = pitch?.voicedFraction ?? 0
  if (voiced >= LEAST_VOICED) return null
  return severe(
    'hardly-voiced',
    `hardly any voice: ${percent(voiced)} has a pitch, at least ${percent(LEAST_VOICED)} is needed`,
  )
}

function findVoices({ voices, facts }: ClipExamination): ClipFinding | null {
  if (voices === null || voices.activeSec < LEAST_ACTIVE_SEC) return null
  const limit = voicesLimit(facts?.steepestFallDb ?? DRY.fallDb)
  if (voices.score < limit) return null
  const found = `a second pitch sounds in ${percent(voices.secondPitchShare)} of it`
  return voices.score >= SEVERAL_FACTOR * limit
    ? severe('several-voices', `more than one voice: ${found}; leave out duets, choirs and accompaniment`)
    : mild('several-voices', `usable, but it may not be one voice alone: ${found}`)
}

/** In a room every note sounds into the next, so that more of it has two pitches; in a hall nothing can be told. */
function voicesLimit(fallDb: number): number {
  if (fallDb >= DRY.fallDb) return DRY.score
  if (fallDb < LIVE.fallDb) return fallDb < HALL_FALL_DB ? Infinity : LIVE.score + (LIVE.fallDb - fallDb) * LIVE_SLOPE
  return LIVE.score + ((fallDb - LIVE.fallDb) / (DRY.fallDb - LIVE.fallDb)) * (DRY.score - LIVE.score)
}

function findBandwidth({ facts }: ClipExamination, original: OriginalFile | null): ClipFinding | null {
  const cutoffHz = facts?.cutoffHz ?? null
  if (cutoffHz === null) return null
  const isOwnRate = original !== null && cutoffHz >= (OWN_RATE_SHARE * original.rateHz) / 2
  if (isOwnRate && cutoffHz >= NARROW_BELOW_HZ) return null
  const edge = `nothing above ${(cutoffHz / 1000).toFixed(1).replace(/\.0$/, '')} kHz`
  if (cutoffHz < WORDS_HZ) return severe('low-bandwidth', `too dull: ${edge}, ${WORDS_HZ / 1000} kHz are needed`)
  if (isOwnRate) return mild('low-bandwidth', `usable, but ${edge}: it was recorded at ${original.rateHz} Hz`)
  return cutoffHz < NARROW_BELOW_HZ
    ? mild('low-bandwidth', `usable, but ${edge}: a coder or a lower rate cut it off`)
    : mild('low-bandwidth', `usable; ${edge}, as an MP3 leaves it`)
}

function findPauses({ facts, durationSec }: ClipExamination): ClipFinding | null {
  const sounding =
    facts === null ? durationSec : facts.slices.reduce((sum, slice) => sum + slice.endSec - slice.startSec, 0)
  if (sounding >= LEAST_SOUNDING * durationSec) return null
  return mild('mostly-silent', `usable; ${percent(1 - sounding / durationSec)} is silence, which is left out`)
}

function findLevel({ scan }: ClipExamination): ClipFinding | null {
  if (scan.loudnessLufs === null || scan.loudnessLufs >= NOTED_LUFS) return null
  return mild('quiet', `usable; quiet, ${decibels(scan.loudnessLufs)} LUFS, and raised for learning`)
}

const percent = (share: number) => `${(100 * share).toFixed(share < 0.01 ? 1 : 0)} %`
const decibels = (value: number) => value.toFixed(0).replace('-', '−')
