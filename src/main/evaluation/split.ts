import type { Speaker, SpeakerFile } from './speakers.ts'

/** Recordings that judges and singers learn from, and others that are only judged: no sentence is in both. */
export interface SplitSpeaker {
  readonly name: string
  readonly sex?: string
  readonly training: readonly SpeakerFile[]
  readonly test: readonly SpeakerFile[]
}

/** One sentence in so many is kept for testing. */
const TEST_SHARE = 3
/** With so few sentences, chance alone could put them all on one side: then the last third by hash is kept. */
const FEW_SENTENCES = 12

/**
 * Splits by sentence, the same sentences for everybody, so that a target never heard what a source sings. Whoever has
 * only sentences of one side keeps the last third of their own recordings to be tested with.
 */
export function splitSpeakers(speakers: readonly Speaker[]): SplitSpeaker[] {
  const isKept = keptSentences(speakers)
  return speakers
    .map(({ name, sex, files }) => ({
      name,
      ...(sex && { sex }),
      ...splitFiles(files, isKept),
    }))
    .filter((speaker) => speaker.training.length > 0 && speaker.test.length > 0)
}

function splitFiles(files: readonly SpeakerFile[], isKept: (sentence: string) => boolean) {
  const training = files.filter(({ sentence }) => !isKept(sentence))
  const test = files.filter(({ sentence }) => isKept(sentence))
  if (training.length > 0 && test.length > 0) return { training, test }
  const count = Math.ceil((files.length * (TEST_SHARE - 1)) / TEST_SHARE)
  const trainedCount = Math.min(count, files.length - 1)
  return { training: files.slice(0, trainedCount), test: files.slice(trainedCount) }
}

function keptSentences(speakers: readonly Speaker[]): (sentence: string) => boolean {
  const sentences = [...new Set(speakers.flatMap(({ files }) => files.map(({ sentence }) => sentence)))]
  if (sentences.length > FEW_SENTENCES) return (sentence) => sentenceHash(sentence) % TEST_SHARE === 0
  // The same words sung and spoken count as one text.
  const texts = [...new Set(sentences.map(wordsOf))].sort((a, b) => sentenceHash(a) - sentenceHash(b))
  const kept = new Set(texts.slice(Math.min(Math.ceil((texts.length * 2) / TEST_SHARE), texts.length - 1)))
  return (sentence) => kept.has(wordsOf(sentence))
}

const wordsOf = (sentence: string): string => sentence.replace(/^(sung|spoken) /, '')

/** FNV-1a: spreads neighbors like "003" and "004". */
export function sentenceHash(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return (hash ^ (hash >>> 15)) >>> 0
}

/** Whether a person's recordings may set a limit or be learned from by a judge; everybody else's measure it. By name, so the same in every folder. */
export const setsLimits = (person: string): boolean => sentenceHash(person) % 2 === 1
