import type { Numbers } from '../dsp/numbers.ts'
import { createPeriodPairReader, type PeriodPair } from './two-pitches.ts'

/**
 * "This does not look like a solo voice": stretches that no single period explains and two do, and two that go on from
 * one stretch to the next.
 */
const HOP_SEC = 0.015
/** Stretches this far under the loud ones are rests, tails and breath: 20 dB. */
const ACTIVE_RATIO = 0.01
const LOUD_SHARE = 0.95
/** Two periods explain a stretch when they leave less than this of it, whatever one leaves. */
const MOST_LEFT_BY_TWO = 0.12
/** Clear stretches: one period leaves a tenth or more, and two leave a quarter of that. */
const CLEAR = { leastLeftByOne: 0.1, mostRatio: 0.25 }
/** Lasting ones may be less clear, but both periods go on from the stretch before. */
const LASTING = { leastLeftByOne: 0.15, mostRatio: 0.35 }
const SAME_PERIOD = 0.05
/** Beyond this a stretch tells no more: e³ times less left by two than by one. */
const MOST_EVIDENCE = 3
const FULL_LEFT_BY_ONE = 0.15
/** Weights of the three shares, and the sum from which on a sound is no solo voice: README.md says how they were found. */
const WEIGHTS = { clear: 1, lasting: 2, evidence: 0.3 }
export const POLYPHONIC_SCORE = 0.13
/** With less sound than this nothing is said. */
const LEAST_ACTIVE_SEC = 1

export interface PolyphonyReport {
  /** Share of the sounding time in which two pitches are clearly heard. */
  readonly secondPitchShare: number
  /** What the verdict is made of: above `POLYPHONIC_SCORE` it is more than a solo voice. */
  readonly score: number
  readonly activeSec: number
  /** More than a solo voice; false where too little sounds to tell. */
  readonly isPolyphonic: boolean
}

/** Of mono sound at any rate from 8 kHz on; a minute takes about a second. */
export function detectPolyphony(samples: Numbers, rateHz: number): PolyphonyReport {
  const reader = createPeriodPairReader(rateHz)
  const hop = HOP_SEC * rateHz
  const stretches = Array.from({ length: Math.floor(samples.length / hop) }, (_, index) =>
    reader.read(samples, Math.round(index * hop)),
  )
  const levels = stretches.map(({ power }) => power).sort((a, b) => a - b)
  const loud = levels.length === 0 ? 0 : levels[Math.floor(LOUD_SHARE * (levels.length - 1))]
  const isActive = stretches.map(({ power }) => power > 0 && power >= loud * ACTIVE_RATIO)
  const activeCount = isActive.filter(Boolean).length
  const shares = measure(stretches, isActive, Math.max(1, activeCount))
  const score = WEIGHTS.clear * shares.clear + WEIGHTS.lasting * shares.lasting + WEIGHTS.evidence * shares.evidence
  const activeSec = activeCount * HOP_SEC
  return {
    secondPitchShare: shares.clear,
    score,
    activeSec,
    isPolyphonic: activeSec >= LEAST_ACTIVE_SEC && score >= POLYPHONIC_SCORE,
  }
}

export interface PolyphonyShares {
  readonly clear: number
  readonly lasting: number
  readonly evidence: number
}

function measure(stretches: readonly PeriodPair[], isActive: readonly boolean[], count: number): PolyphonyShares {
  let [clear, lasting, evidence] = [0, 0, 0]
  let wasLasting = false
  stretches.forEach((stretch, index) => {
    const goesOn = index > 0 && isSamePair(stretch, stretches[index - 1])
    const isLasting = isActive[index] && isTwo(stretch, LASTING)
    if (isLasting && goesOn && wasLasting) lasting++
    wasLasting = isLasting
    if (!isActive[index]) return
    if (isTwo(stretch, CLEAR)) clear++
    if (goesOn) evidence += evidenceOf(stretch)
  })
  return { clear: clear / count, lasting: lasting / count, evidence: evidence / count }
}

const isTwo = ({ leftByOne, leftByTwo }: PeriodPair, { leastLeftByOne, mostRatio }: typeof CLEAR): boolean =>
  leftByOne > leastLeftByOne && leftByTwo < mostRatio * leftByOne && leftByTwo < MOST_LEFT_BY_TWO

const isSamePair = (a: PeriodPair, b: PeriodPair): boolean =>
  Math.abs(Math.log(a.first / b.first)) < SAME_PERIOD && Math.abs(Math.log(a.second / b.second)) < SAME_PERIOD

/** How much better two periods are than one, counted in full where one leaves much. */
function evidenceOf({ leftByOne, leftByTwo }: PeriodPair): number {
  const gain = Math.log(Math.max(leftByOne, 1e-3) / Math.max(leftByTwo, 1e-3))
  return Math.min(Math.max(gain, 0), MOST_EVIDENCE) * Math.min(leftByOne / FULL_LEFT_BY_ONE, 1)
}
