import { statSync } from 'node:fs'
import { openAudioStream } from '../files/audio-stream/open-audio-stream.ts'
import type { Speaker, SpeakerFile } from './speakers.ts'

/** Part of a long recording, which is heard as a recording by itself. */
export interface Piece {
  readonly path: string
  readonly startSec: number
  readonly endSec: number
}

export interface CutSpeakers {
  readonly speakers: readonly Speaker[]
  /** What the paths of pieces stand for; other paths are files. */
  readonly pieces: ReadonlyMap<string, Piece>
}

/** Judges and converters are tried on phrases; a long take is many of them. */
const PIECE_SEC = 8
/** What others read too stays whole up to here, so that readings can be compared. */
const LONGEST_SEC = 20
const LONGEST_SHARED_SEC = 60
/** Smaller files are not opened: no codec that is read makes more than `LONGEST_SEC` of it. */
const SMALLEST_BYTES = 40_000

/**
 * Cuts recordings that are too long for one phrase into equal pieces, so that a person who gave one long take can be
 * judged like one who gave many short ones. The pieces are nobody else's words. A file that can't be opened is left as it
 * is: who hears it says so.
 */
export async function cutRecordings(speakers: readonly Speaker[]): Promise<CutSpeakers> {
  const readers = new Map<string, number>()
  for (const { files } of speakers)
    for (const sentence of new Set(files.map((file) => file.sentence)))
      readers.set(sentence, (readers.get(sentence) ?? 0) + 1)
  const pieces = new Map<string, Piece>()
  const cut: Speaker[] = []
  for (const speaker of speakers) {
    const files: SpeakerFile[] = []
    for (const file of speaker.files) {
      const longestSec = (readers.get(file.sentence) ?? 0) > 1 ? LONGEST_SHARED_SEC : LONGEST_SEC
      const durationSec = await durationOf(file.path)
      if (durationSec === null || durationSec <= longestSec) files.push(file)
      else files.push(...piecesOf(file, speaker.name, durationSec, pieces))
    }
    cut.push({ ...speaker, files })
  }
  return { speakers: cut, pieces }
}

function piecesOf(file: SpeakerFile, name: string, durationSec: number, pieces: Map<string, Piece>): SpeakerFile[] {
  const count = Math.round(durationSec / PIECE_SEC)
  return Array.from({ length: count }, (_, index) => {
    const [startSec, endSec] = [index, index + 1].map((at) => (at * durationSec) / count)
    const path = `${file.path}#${startSec.toFixed(3)}-${endSec.toFixed(3)}`
    pieces.set(path, { path: file.path, startSec, endSec })
    const sentence = `${name} ${file.sentence} ${index + 1}`
    return { path, sentence, reading: sentence }
  })
}

/** Null where the file does not say. */
async function durationOf(path: string): Promise<number | null> {
  try {
    if (statSync(path).size < SMALLEST_BYTES) return null
    const stream = await openAudioStream(path)
    stream.close()
    return stream.promisedSamples === null ? null : stream.promisedSamples / stream.rateHz
  } catch {
    return null // told when it is heard
  }
}
