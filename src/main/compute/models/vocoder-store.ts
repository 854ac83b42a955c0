import { statSync } from 'node:fs'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { LARGEST_VOCODER_FILE_BYTES, readVocoderFile } from '../../../shared/formats/vocoder-file.ts'
import type { VocoderModel } from '../../../shared/vocoder/vocoder-model.ts'
import { readWhole } from '../../files/atomic-write.ts'

/** Loads a trained vocoder. Throws FailureError `file-missing`, `checkpoint-invalid`. */
export function loadVocoder(path: string): VocoderModel {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats !== undefined && stats.size > LARGEST_VOCODER_FILE_BYTES) {
    const message = `“${path}” has ${stats.size} bytes, more than any vocoder.`
    throw new FailureError(failure('checkpoint-invalid', message, 'Ask for the file anew.'))
  }
  const file = readVocoderFile(readWhole(path))
  if (!file.ok) throw new FailureError(file.failure)
  return file.value.model
}
