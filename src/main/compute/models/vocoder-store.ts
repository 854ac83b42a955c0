import { LARGEST_VOCODER_FILE_BYTES, readVocoderFile } from '../../../shared/formats/vocoder-file.ts'
import type { VocoderModel } from '../../../shared/vocoder/vocoder-model.ts'
import { readModel } from './read-model.ts'

/** Loads a trained vocoder. Throws FailureError `file-missing`, `checkpoint-invalid`. */
export const loadVocoder = (path: string): VocoderModel =>
  readModel(path, { what: 'vocoder', largestBytes: LARGEST_VOCODER_FILE_BYTES, read: readVocoderFile }).model
