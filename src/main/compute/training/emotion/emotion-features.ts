import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FailureError } from '../../../../shared/base/errors.ts'
import { codeVoice, type CodedVoice } from '../../../../shared/conversion/emotions/relgan/coded-voice.ts'
import type { Resample } from '../../../../shared/conversion/sound.ts'
import { floatBytes, readFloats, readSafetensors, writeSafetensors } from '../../../../shared/formats/safetensors.ts'
import type { Kernels } from '../../../../shared/kernels/kernels.ts'
import { makeFolder, readWhole, writeAtomically } from '../../../files/atomic-write.ts'
import { readMono } from '../read-mono.ts'

/** Raised when the analysis changes: older files are then not read. */
const FEATURE_VERSION = '1'

export interface FeatureTools {
  readonly folder: string
  readonly edgeHz: number
  readonly resample: Resample
  readonly kernels: Kernels
}

/** Features of a labeled clip, kept in the folder: a training that goes on starts at once. Throws FailureError that names the clip. */
export function clipFeatures(
  { clipId, fileName, path }: { readonly clipId: string; readonly fileName: string; readonly path: string },
  { folder, edgeHz, resample, kernels }: FeatureTools,
): CodedVoice {
  const name = createHash('sha256').update(`${FEATURE_VERSION}\n${edgeHz}\n${clipId}`).digest('hex')
  const keptPath = join(folder, `${name}.safetensors`)
  const kept = existsSync(keptPath) ? readFeatures(keptPath) : null
  if (kept !== null) return kept
  try {
    const { mono, rateHz } = readMono(path)
    const features = codeVoice(mono, rateHz, edgeHz, resample, kernels)
    makeFolder(folder)
    writeAtomically(keptPath, storedFeatures(features))
    return features
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    throw new FailureError({ ...cause.failure, message: `“${fileName}”: ${cause.failure.message}` })
  }
}

function readFeatures(path: string): CodedVoice | null {
  const file = readSafetensors(readWhole(path))
  const [cepstra, f0] = ['cepstra', 'f0'].map((name) => (file.ok ? file.value.tensors.get(name)?.bytes : undefined))
  return cepstra === undefined || f0 === undefined ? null : { cepstra: readFloats(cepstra), f0: readFloats(f0) }
}

const storedFeatures = ({ cepstra, f0 }: CodedVoice): Uint8Array =>
  writeSafetensors({
    tensors: new Map(
      Object.entries({ cepstra, f0 }).map(([name, values]) => [
        name,
        { type: 'F32' as const, shape: [values.length], bytes: floatBytes(values) },
      ]),
    ),
    metadata: {},
  })
