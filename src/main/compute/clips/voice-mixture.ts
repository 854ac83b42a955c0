import { join } from 'node:path'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { floatBytes, readFloats, readSafetensors, writeSafetensors } from '../../../shared/formats/safetensors.ts'
import { CEPSTRA, type VoiceMixture } from '../../../shared/screening/voice-print.ts'
import { makeFolder, readWhole, writeAtomically } from '../../files/atomic-write.ts'
import { latestModelFolder } from '../models/model-folders.ts'

const FOLDER_PREFIX = 'voice-mixture-'
const WEIGHTS_NAME = 'model.safetensors'

/** The latest `voice-mixture-*` folder's numbers; null where no folder is shipped. Throws FailureError `checkpoint-invalid`. */
export function loadVoiceMixture(modelsFolder: string): VoiceMixture | null {
  const folder = latestModelFolder(modelsFolder, FOLDER_PREFIX)
  return folder === null ? null : readVoiceMixture(join(folder, WEIGHTS_NAME))
}

function readVoiceMixture(path: string): VoiceMixture {
  const file = readSafetensors(readWhole(path))
  if (!file.ok) throw new FailureError(file.failure)
  const { tensors } = file.value
  const read = (name: string): Float64Array => {
    const found = tensors.get(name)
    return Float64Array.from(found?.type === 'F32' ? readFloats(found.bytes) : [])
  }
  const [weights, means, variances] = ['weights', 'means', 'variances'].map(read)
  const size = weights.length * CEPSTRA
  const isWhole = size > 0 && means.length === size && variances.length === size
  if (isWhole && means.every(Number.isFinite) && [...weights, ...variances].every((value) => value > 0)) {
    return { weights, means, variances }
  }
  const message = `The mixture of voices ${path} is broken: its shapes or numbers are not those of one.`
  throw new FailureError(failure('checkpoint-invalid', message, 'Install the program anew.'))
}

/** The counterpart: writes the numbers; manifest and card are the recipe's. */
export function writeVoiceMixture(folder: string, { weights, means, variances }: VoiceMixture): void {
  makeFolder(folder)
  const entries = { weights, means, variances }
  const tensors = new Map(
    Object.entries(entries).map(([name, values]) => {
      const shape = name === 'weights' ? [weights.length] : [weights.length, CEPSTRA]
      return [name, { type: 'F32' as const, shape, bytes: floatBytes(Float32Array.from(values)) }]
    }),
  )
  writeAtomically(join(folder, WEIGHTS_NAME), writeSafetensors({ tensors, metadata: {} }))
}
