import { join } from 'node:path'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import type { EmotionStatistics } from '../../../shared/conversion/emotions/definition.ts'
import { EMOTION_FILE_FORMAT, readEmotionFile } from '../../../shared/formats/emotion-file.ts'
import { createTensorReader } from '../../../shared/formats/model-tensors.ts'
import { readSafetensors, writeSafetensors } from '../../../shared/formats/safetensors.ts'
import { emotionScalarNames, tableContents } from '../../../shared/formats/table-contents.ts'
import { makeFolder, readWhole, writeAtomically } from '../../files/atomic-write.ts'
import { latestModelFolder } from './model-folders.ts'

export type EmotionTables = ReadonlyMap<string, EmotionStatistics>

const FOLDER_PREFIX = 'emotion-statistics-'
const WEIGHTS_NAME = 'model.safetensors'
/** Ends the name of an emotion's tensor. */
const SHAPE = '/shape'

/** The tables of the latest `emotion-statistics-*` folder; none where no folder is shipped. */
export function loadEmotionTables(modelsFolder: string): EmotionTables {
  const folder = latestModelFolder(modelsFolder, FOLDER_PREFIX)
  return folder === null ? new Map() : readEmotionTables(folder)
}

/** Shipped tables, or a person's own with their card. Throws FailureError `checkpoint-invalid` where the file is not what the format asks. */
export function readEmotionTables(folder: string): EmotionTables {
  const bytes = readWhole(join(folder, WEIGHTS_NAME))
  const file = readSafetensors(bytes)
  if (!file.ok) throw new FailureError(file.failure)
  const { tensors, metadata } = file.value
  if (metadata['format'] === EMOTION_FILE_FORMAT) return ownTables(bytes)
  const reader = createTensorReader(tensors)
  const emotions = [...tensors.keys()].flatMap((name) => (name.endsWith(SHAPE) ? [name.slice(0, -SHAPE.length)] : []))
  const read = tableContents.read({ emotions, scalars: emotionScalarNames }, reader)
  if (read !== null && reader.complaints.length === 0) return byEmotion(read.model)
  const message = `The emotion table ${folder} is broken: ${reader.complaints.join('; ') || 'it holds no emotion'}.`
  throw new FailureError(failure('checkpoint-invalid', message, 'Install the program anew.'))
}

function ownTables(bytes: Uint8Array): EmotionTables {
  const file = readEmotionFile(bytes)
  if (!file.ok) throw new FailureError(file.failure)
  if (file.value.translator === 'statistics') return byEmotion(file.value.model)
  const message = 'This emotion model holds a network, and tables were expected.'
  throw new FailureError(failure('checkpoint-invalid', message, 'Import the model anew.'))
}

const byEmotion = ({ tables }: { readonly tables: readonly EmotionStatistics[] }): EmotionTables =>
  new Map(tables.map((table) => [table.emotionId, table]))

/** The counterpart: writes the numbers and the manifest; the card is the recipe's. */
export function writeEmotionTables(
  folder: string,
  tables: EmotionTables,
  manifest: Readonly<Record<string, unknown>>,
): void {
  makeFolder(folder)
  const { tensors } = tableContents.write({ emotions: [...tables.keys()], tables: [...tables.values()] })
  writeAtomically(join(folder, WEIGHTS_NAME), writeSafetensors({ tensors, metadata: {} }))
  const text = `${JSON.stringify({ ...manifest, emotions: [...tables.keys()] }, null, 2)}\n`
  writeAtomically(join(folder, 'manifest.json'), new TextEncoder().encode(text))
}
