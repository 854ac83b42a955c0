import type { Numbers } from '../../dsp/numbers.ts'
import { FRAMES_PER_SEC } from '../features.ts'

/** A pause of the voice this long ends a phrase: closures within words are shorter. */
const PAUSE_SEC = 0.3
/** Shorter phrases have no slope that means something. */
const SHORTEST_SEC = 0.4

/** A stretch of frames, from its first voiced one to past its last. */
export interface Phrase {
  readonly startFrame: number
  readonly endFrame: number
}

/** Phrases of f0 in Hz per 5 ms frame, 0 unvoiced. */
export function findPhrases(f0: Numbers): Phrase[] {
  const phrases: Phrase[] = []
  let startFrame = -1
  let lastVoiced = -1
  const finish = () => {
    if (startFrame >= 0 && lastVoiced + 1 - startFrame >= SHORTEST_SEC * FRAMES_PER_SEC)
      phrases.push({ startFrame, endFrame: lastVoiced + 1 })
  }
  for (let frame = 0; frame < f0.length; frame++) {
    if (!(f0[frame] > 0)) continue
    if (startFrame < 0 || frame - lastVoiced > PAUSE_SEC * FRAMES_PER_SEC) {
      finish()
      startFrame = frame
    }
    lastVoiced = frame
  }
  finish()
  return phrases
}
