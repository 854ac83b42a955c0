import type { Tempo } from '../units/tempo.ts'
import type { Hertz } from '../units/time.ts'
import { createRandom } from '../base/random.ts'
import { exerciseScore } from './exercises.ts'
import { transposeScore } from './score.ts'
import { synthesize, type SungRecording } from './synthesize.ts'
import { DEMO_BEATS_PER_BAR, DEMO_BPM, demoHarmonyScore, demoLeadScore } from './tunes.ts'
import { voices, type Voice } from './voices.ts'

/** The song that "Try the demo song" opens: two sung stems that start together, with known pitch. */
export interface DemoSong {
  readonly name: string
  readonly tempo: Tempo
  readonly stems: readonly DemoStem[]
}

export interface DemoStem {
  readonly trackName: string
  readonly fileName: string
  readonly recording: SungRecording
}

/** The file name of the first stem. */
export const DEMO_LEAD_FILE = 'Demo lead vocal.wav'
const LEAD_SEED = 84
const HARMONY_SEED = 85

/** Sings the demo song at `rateHz` (at least 16,000); the same bytes every time. */
export function makeDemoSong(rateHz: Hertz): DemoSong {
  return {
    name: 'Demo song',
    tempo: { bpm: DEMO_BPM, beatsPerBar: DEMO_BEATS_PER_BAR, beatUnit: 4 },
    stems: [
      {
        trackName: 'Lead vocal',
        fileName: DEMO_LEAD_FILE,
        recording: synthesize(demoLeadScore, voices.lead, rateHz, LEAD_SEED),
      },
      {
        trackName: 'Harmony',
        fileName: 'Demo harmony.wav',
        recording: synthesize(demoHarmonyScore, voices.harmony, rateHz, HARMONY_SEED),
      },
    ],
  }
}

export const CLIP_SEC = 12

/** Clips of exercises to train a singer from, `CLIP_SEC` each: other melodies than the song, all vowels and consonants. */
export function makeSingerClips(voice: Voice, clipCount: number, rateHz: Hertz, seed: number): SungRecording[] {
  return Array.from({ length: clipCount }, (_, index) => {
    const score = exerciseScore(CLIP_SEC, createRandom(seed + 1000 * index))
    return synthesize(transposeScore(score, voice.transposeSemitones), voice, rateHz, seed + index)
  })
}
