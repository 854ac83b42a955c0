import { join } from 'node:path'
import { LARGEST_VOCODER_FILE_BYTES, readVocoderFile, type VocoderFile } from '../../../shared/formats/vocoder-file.ts'
import { vocoderKindNames } from '../../../shared/networks/vocoder-names.ts'
import type { VocoderModel } from '../../../shared/vocoder/vocoder-model.ts'
import { latestModelFolder } from './model-folders.ts'
import { readModel } from './read-model.ts'

/** Loads a trained vocoder. Throws FailureError `file-missing`, `checkpoint-invalid`. */
export const loadVocoder = (path: string): VocoderModel => loadVocoderFile(path).model

/** The same with its card. */
export const loadVocoderFile = (path: string): VocoderFile =>
  readModel(path, { what: 'vocoder', largestBytes: LARGEST_VOCODER_FILE_BYTES, read: readVocoderFile })

/** Of each kind the latest `vocoder-<kind>-…-v<n>` that comes with the program. */
export const shippedVocoderFolders = (modelsFolder: string): readonly string[] =>
  vocoderKindNames.flatMap((kind) => latestModelFolder(modelsFolder, `vocoder-${kind}-`) ?? [])

/** The vocoder in such a folder. */
export const shippedVocoderPath = (folder: string): string => join(folder, 'model.safetensors')
