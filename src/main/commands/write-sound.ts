import { resolve } from 'node:path'
import { FailureError } from '../../shared/base/errors.ts'
import type { Application } from '../application.ts'
import { breathe } from '../files/breathe.ts'
import { markingWriter } from '../files/marking-writer.ts'
import { createWavWriter, openWavReader } from '../files/wav-file.ts'

export type SoundEncoding = 'pcm16' | 'pcm24' | 'float32'

/** How a file is written. */
export interface SoundForm {
  readonly encoding: SoundEncoding
  /** With the mark of converted voices. */
  readonly isMarked: boolean
}

/** Enough for few calls, little enough for memory. */
const BLOCK_SAMPLES = 65_536

/** Writes a sound of the application to a WAV file of the person's choice, block by block and whole or not at all. */
export async function writeSound(
  application: Application,
  mediaId: string,
  out: string,
  { encoding, isMarked }: SoundForm,
) {
  const media = await application.media(mediaId)
  if (!media.ok) throw new FailureError(media.failure)
  const reader = openWavReader(media.value)
  const { rateHz, channelCount, durationSamples } = reader
  const plain = createWavWriter(resolve(out), { rateHz, channelCount, encoding })
  const writer = isMarked ? markingWriter(plain, rateHz, channelCount) : plain
  try {
    for (let start = 0; start < durationSamples; start += BLOCK_SAMPLES) {
      writer.write(reader.read(start, Math.min(BLOCK_SAMPLES, durationSamples - start)))
      await breathe()
    }
    writer.finish()
  } catch (cause) {
    writer.abandon()
    throw cause
  } finally {
    reader.close()
  }
}
