import type { ClipFacts } from '../../../shared/screening/clip-facts.ts'
import type { ClipFinding } from '../../../shared/screening/finding.ts'

/** Noise under 25 dB is heard in quiet places; from 15 dB on it is learned as part of the voice. */
const NOTED_NOISE_DB = 25
const MOST_NOISE_DB = 15
/** Noise is what is equally quiet wherever one looks; a voice or a room in its place is not. */
const MOST_UNSTEADINESS_DB = 0.7
/** Clean recordings fall by 33 dB and more within 150 ms, those in a room of 0.5 s and more by 31 and less. */
const NOTED_FALL_DB = 31.5
const LEAST_FALL_DB = 25
/** Steady noise ends every fall at its own level: with less than this over it a room can't be told. */
const ROOM_NEEDS_OVER_NOISE_DB = 33
/** … except that a fall so small is no noise of 25 dB and less. */
const FALL_IN_NOISE_DB = 28

/** Steady noise and reverberation: where one is found, the other is not looked for. */
export function findRoom(facts: ClipFacts | null): ClipFinding[] {
  if (facts === null) return []
  const { voiceOverNoiseDb, noiseUnsteadinessDb, steepestFallDb } = facts
  const isSteady = voiceOverNoiseDb !== null && noiseUnsteadinessDb < MOST_UNSTEADINESS_DB
  if (isSteady && voiceOverNoiseDb < NOTED_NOISE_DB) return [noisy(voiceOverNoiseDb)]
  const isMasked = isSteady && voiceOverNoiseDb < ROOM_NEEDS_OVER_NOISE_DB
  const limitDb = isMasked ? FALL_IN_NOISE_DB : NOTED_FALL_DB
  return steepestFallDb !== null && steepestFallDb < limitDb ? [reverberant(steepestFallDb)] : []
}

function noisy(overDb: number): ClipFinding {
  const found = `the noise is ${overDb.toFixed(0)} dB under the voice`
  if (overDb < MOST_NOISE_DB) {
    return { fault: 'noisy', isSevere: true, words: `noisy: ${found}, at least ${MOST_NOISE_DB} is needed` }
  }
  return { fault: 'noisy', isSevere: false, words: `usable, but noisy: ${found}, ${NOTED_NOISE_DB} would be clean` }
}

function reverberant(fallDb: number): ClipFinding {
  const found = `150 ms after a sound it is only ${fallDb.toFixed(0)} dB quieter`
  if (fallDb < LEAST_FALL_DB) {
    return { fault: 'reverberant', isSevere: true, words: `reverberant: ${found}, at least ${LEAST_FALL_DB} is needed` }
  }
  return {
    fault: 'reverberant',
    isSevere: false,
    words: `usable, but with a room: ${found}, ${Math.round(NOTED_FALL_DB)} would be dry`,
  }
}
