import { join } from 'node:path'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import {
  emotionScalarNames,
  noStatistics,
  type EmotionStatistics,
} from '../../../shared/conversion/emotions/definition.ts'
import { floatBytes, readFloats, readSafetensors, writeSafetensors } from '../../../shared/formats/safetensors.ts'
import { makeFolder, readWhole, writeAtomically } from '../../files/atomic-write.ts'
import { latestModelFolder } from './model-folders.ts'

export type EmotionTables = ReadonlyMap<string, EmotionStatistics>

const FOLDER_PREFIX = 'emotion-statistics-'
const WEIGHTS_NAME = 'model.safetensors'
const BANDS = 64

/** The tables of the latest `emotion-statistics-*` folder; none where no folder is shipped. */
export function loadEmotionTables(modelsFolder: string): EmotionTables {
  const folder = latestModelFolder(modelsFolder, FOLDER_PREFIX)
  return folder === null ? new Map() : readEmotionTables(folder)
}

/** Throws FailureError `checkpoint-invalid` where the file is not what the format asks. */
export function readEmotionTables(folder: string): EmotionTables {
  const file = readSafetensors(readWhole(join(folder, WEIGHTS_NAME)))
  if (!file.ok) throw new FailureError(file.failure)
  const { tensors } = file.value
  const read = (name: string, length: number): Float32Array => {
    const found = tensors.get(name)
    const values = found?.type === 'F32' ? readFloats(found.bytes) : null
    if (values?.length === length && values.every(Number.isFinite)) return values
    const message = `The emotion table ${folder} is broken: ${name} should be ${length} finite numbers.`
    throw new FailureError(failure('checkpoint-invalid', message, 'Install the program anew.'))
  }
  const ids = [...tensors.keys()].flatMap((name) => (name.endsWith('/shape') ? [name.slice(0, -'/shape'.length)] : []))
  return new Map(
    ids.map((id) => {
      const scalars = read(`${id}/scalars`, emotionScalarNames.length)
      const numbers = Object.fromEntries(emotionScalarNames.map((name, index) => [name, scalars[index]]))
      const shapeOffset = read(`${id}/shape`, BANDS)
      const articulationLogRatios = read(`${id}/articulation`, BANDS)
      return [id, { ...noStatistics(id), ...numbers, shapeOffset, articulationLogRatios }]
    }),
  )
}

/** The counterpart: writes the numbers and the manifest; the card is the recipe's. */
export function writeEmotionTables(
  folder: string,
  tables: EmotionTables,
  manifest: Readonly<Record<string, unknown>>,
): void {
  makeFolder(folder)
  const tensors = new Map(
    [...tables].flatMap(([id, table]) => {
      const scalars = emotionScalarNames.map((name) => table[name])
      return [
        [`${id}/shape`, single(table.shapeOffset)],
        [`${id}/articulation`, single(table.articulationLogRatios)],
        [`${id}/scalars`, single(Float32Array.from(scalars))],
      ] as const
    }),
  )
  writeAtomically(join(folder, WEIGHTS_NAME), writeSafetensors({ tensors, metadata: {} }))
  const text = `${JSON.stringify({ ...manifest, emotions: [...tables.keys()] }, null, 2)}\n`
  writeAtomically(join(folder, 'manifest.json'), new TextEncoder().encode(text))
}

const single = (values: Float32Array) => ({ type: 'F32' as const, shape: [values.length], bytes: floatBytes(values) })
