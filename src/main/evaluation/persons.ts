import { basename } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { median } from '../../shared/evaluation/index.ts'
import type { Heard, Listener } from './listening.ts'
import type { Speaker, SpeakerFile } from './speakers.ts'
import { sentenceHash, splitSpeakers, type SplitSpeaker } from './split.ts'

/** Somebody with what judges and singers may learn from; what they are tried with is heard when it is needed. */
export interface Person extends SplitSpeaker {
  /** Up to what singers learn from. */
  readonly learned: readonly Heard[]
  /** Median log2 of their pitch; null where nothing is voiced. */
  readonly register: number | null
}

export interface HeardPersons {
  readonly persons: readonly Person[]
  /** Who was left out and why, in words. */
  readonly leftOut: readonly string[]
}

/** Fewer seconds teach no judge. */
export const LEAST_JUDGE_SEC = 5

/** Everybody who can be judged, recordings up to `learnSec` each. A file that can't be read is left out by name. */
export async function hearPersons(
  speakers: readonly Speaker[],
  learnSec: number,
  listener: Listener,
  tell: (line: string) => void,
): Promise<HeardPersons> {
  const split = splitSpeakers(speakers)
  const leftOut = speakers
    .filter(({ name }) => !split.some((person) => person.name === name))
    .map(({ name, files }) => `${name}: ${files.length} recording${files.length === 1 ? '' : 's'}, two are needed.`)
  const persons: Person[] = []
  for (const speaker of split) {
    const learned = await hearUpTo(speaker.training, learnSec, listener, leftOut)
    const seconds = totalSec(learned)
    if (seconds < LEAST_JUDGE_SEC) {
      leftOut.push(`${speaker.name}: ${seconds.toFixed(1)} s to learn from, ${LEAST_JUDGE_SEC} are needed.`)
      continue
    }
    tell(`heard ${speaker.name}: ${seconds.toFixed(0)} s to learn from, ${speaker.test.length} recordings to test with`)
    const pitch = learned.flatMap(({ f0 }) =>
      Array.from(
        f0.filter((hz) => hz > 0),
        Math.log2,
      ),
    )
    persons.push({ ...speaker, learned, register: median(pitch) })
  }
  if (persons.length >= 2) return { persons, leftOut }
  throw new FailureError(
    failure(
      'clips-too-few',
      `Judges need at least two persons with two recordings and ${LEAST_JUDGE_SEC} s each; found ${persons.length}. ${leftOut.join(' ')}`,
      'Give a folder with a subfolder of recordings for each person.',
    ),
  )
}

async function hearUpTo(
  files: readonly SpeakerFile[],
  limitSec: number,
  listener: Listener,
  leftOut: string[],
): Promise<Heard[]> {
  const heard: Heard[] = []
  for (const { path } of mixed(files)) {
    if (totalSec(heard) >= limitSec) break
    const recording = await hearOr(path, listener, (why) => leftOut.push(why))
    if (recording !== null) heard.push(recording)
  }
  return heard
}

/** Recordings of one manner follow each other in a folder: taken by chance, the same in every folder, all are heard. */
const mixed = (files: readonly SpeakerFile[]): SpeakerFile[] =>
  files
    .map((file) => ({ file, order: sentenceHash(basename(file.path)) }))
    .sort((a, b) => a.order - b.order)
    .map(({ file }) => file)

/** Null, and told, where a file can't be read or holds no sound. */
export async function hearOr(
  path: string,
  listener: Listener,
  onTrouble: (why: string) => void,
): Promise<Heard | null> {
  try {
    const recording = await listener.hearFile(path)
    if (recording.clip.envelope.frameCount > 0) return recording
    onTrouble(`${path}: nothing is heard.`)
  } catch (cause) {
    onTrouble(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  return null
}

export const secondsOf = ({ sound }: Heard): number => sound.samples.length / sound.rateHz
export const totalSec = (heard: readonly Heard[]): number =>
  heard.reduce((sum, recording) => sum + secondsOf(recording), 0)

/** The first recordings of a person that together last long enough. */
export function upTo(heard: readonly Heard[], limitSec: number): Heard[] {
  const taken: Heard[] = []
  for (const recording of heard) {
    if (totalSec(taken) >= limitSec) break
    taken.push(recording)
  }
  return taken
}
