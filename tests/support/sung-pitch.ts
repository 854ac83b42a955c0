import { createRandom } from '../../src/shared/base/random.ts'
import type { PitchCase } from '../../src/shared/pitch/evaluation/measure-trackers.ts'
import {
  exerciseScore,
  synthesize,
  SYNTHESIS_FRAME_SEC,
  transposeScore,
  voices,
  type Voice,
} from '../../src/shared/synthesizer/index.ts'

/** More air than tone: round pulses and two to seven times the usual breath. */
const airy = { softPulse: 2.7, loudPulse: 2.2 }
const breathyHigh: Voice = { ...voices.high, ...airy, breath: 0.25 }
const breathyLow: Voice = { ...voices.low, ...airy, breath: 0.2 }

/** Name, voice and semitones from the written tune: from D1 to A5. */
const singers: readonly (readonly [name: string, voice: Voice, semitones: number])[] = [
  ['tenor', voices.lead, 0],
  ['soprano', voices.high, 9],
  ['baritone', voices.low, -11],
  ['alto', voices.harmony, 4],
  ['breathy soprano', breathyHigh, 7],
  ['breathy baritone', breathyLow, -9],
  ['deep bass', voices.low, -17],
  ['high soprano', voices.high, 15],
]

const rateHz = 16_000
/** Apart from every seed that settings were chosen with. */
const firstSeed = 101

/** The synthesizer's voices, singing exercises of so many seconds, with their true pitch. */
export const sungCases = (durationSec: number, count = singers.length): PitchCase[] =>
  singers.slice(0, count).map(([name, voice, semitones], i) => {
    const seed = firstSeed + i
    const score = transposeScore(exerciseScore(durationSec, createRandom(seed)), semitones)
    const sung = synthesize(score, voice, rateHz, seed)
    return {
      name,
      x: Float64Array.from(sung.samples),
      fs: rateHz,
      truth: {
        timesSec: Float64Array.from(sung.f0Hz, (_, frame) => frame * SYNTHESIS_FRAME_SEC),
        f0Hz: sung.f0Hz,
      },
    }
  })
