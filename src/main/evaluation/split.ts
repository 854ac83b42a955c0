import type { Speaker, SpeakerFile } from './speakers.ts'

/** Recordings that judges and singers learn from, and others that are only judged: no sentence is in both. */
export interface SplitSpeaker {
  readonly name: string
  readonly training: readonly SpeakerFile[]
  readonly test: readonly SpeakerFile[]
}

/** One sentence in so many is kept for testing. */
const TEST_SHARE = 3

/** Splits by sentence, the same sentences for everybody, so that a target never heard what a source sings. */
export function splitSpeakers(speakers: readonly Speaker[]): SplitSpeaker[] {
  return speakers
    .map(({ name, files }) => ({
      name,
      training: files.filter((file) => sentenceHash(file.sentence) % TEST_SHARE !== 0),
      test: files.filter((file) => sentenceHash(file.sentence) % TEST_SHARE === 0),
    }))
    .filter((speaker) => speaker.training.length > 0 && speaker.test.length > 0)
}

/** FNV-1a: spreads neighbors like "003" and "004". */
export function sentenceHash(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return (hash ^ (hash >>> 15)) >>> 0
}
