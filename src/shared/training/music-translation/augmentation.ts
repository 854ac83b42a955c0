import type { Random } from '../../base/random.ts'
import type { ShiftedSpan } from '../../dsp/pitch-shift.ts'
import { secondsToSamples, type Hertz } from '../../units/time.ts'

/** Of Mor et al. 2018: so much of a clip is put a little out of tune, so that no decoder is told its domain by tuning. */
const [SHORTEST_SEC, LONGEST_SEC] = [0.25, 0.5]
const MOST_SEMITONES = 0.5

/** A span anywhere in a clip, of a quarter to half a second, or the whole of a shorter clip; half a semitone at the most. */
export function drawShiftedSpan(random: Random, sampleCount: number, rateHz: Hertz): ShiftedSpan {
  const lengthSec = SHORTEST_SEC + (LONGEST_SEC - SHORTEST_SEC) * random.uniform()
  const lengthSamples = Math.min(secondsToSamples(lengthSec, rateHz), sampleCount)
  const startSamples = Math.floor(random.uniform() * (sampleCount - lengthSamples + 1))
  return { startSamples, lengthSamples, semitones: MOST_SEMITONES * (2 * random.uniform() - 1) }
}
