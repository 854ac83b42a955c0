import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../files/atomic-write.ts'
import { createWavWriter } from '../files/wav-file.ts'
import { readSound } from './read-sound.ts'

/** A recording of any kind as trainings read it: a WAV file named by the hash of what was given. */
export interface UnpackedRecording {
  readonly recordingId: string
  readonly path: string
  readonly rateHz: number
  readonly durationSec: number
}

/** Unpacks a recording into the folder, channels averaged, unless it lies there. Throws FailureError as `readSound`. */
export async function unpackRecording(path: string, folder: string): Promise<UnpackedRecording> {
  makeFolder(folder)
  const recordingId = createHash('sha256').update(readFileSync(path)).digest('hex')
  const wavPath = join(folder, `${recordingId}.wav`)
  const { samples, rateHz } = await readSound(path)
  if (!existsSync(wavPath)) {
    const writer = createWavWriter(wavPath, { rateHz, channelCount: 1, encoding: 'float32' })
    writer.write([samples])
    writer.finish()
  }
  return { recordingId, path: wavPath, rateHz, durationSec: samples.length / rateHz }
}
