import { createHash } from 'node:crypto'
import { join } from 'node:path'
import * as z from 'zod'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { readBaseFile, writeBaseFile, type BaseConverter } from '../../../shared/formats/base-file.ts'
import { makeFolder, readWhole, writeAtomically } from '../../files/atomic-write.ts'
import { latestModelFolder } from './model-folders.ts'

/** Sizes that a base is shipped in. */
export type BaseSize = 'fast' | 'standard' | 'tiny'

const WEIGHTS_NAME = 'model.safetensors'
const MANIFEST_NAME = 'manifest.json'
const FORMAT = 'understudy-base'

const manifest = z.object({ format: z.literal(FORMAT), version: z.literal(1), sha256: z.string() })

/** A base with what tells it from every other. */
export interface LoadedBase extends BaseConverter {
  /** SHA-256 of its weights file. */
  readonly sha256: string
}

/** Where the latest base of a size lies; null where none is shipped. */
export const baseFolder = (modelsFolder: string, size: BaseSize): string | null =>
  latestModelFolder(modelsFolder, `spectral-autoencoder-${size}-v`)

/** The latest base of a size; null where none is shipped. Throws FailureError `checkpoint-invalid`. */
export function loadBase(modelsFolder: string, size: BaseSize): LoadedBase | null {
  const folder = baseFolder(modelsFolder, size)
  return folder === null ? null : readBase(folder)
}

/** Throws FailureError `checkpoint-invalid` where weights and manifest are not what the format asks. */
export function readBase(folder: string): LoadedBase {
  const weights = readWhole(join(folder, WEIGHTS_NAME))
  const sha256 = createHash('sha256').update(weights).digest('hex')
  const said = parseManifest(readWhole(join(folder, MANIFEST_NAME)))
  if (said === null) throw broken(folder, `its ${MANIFEST_NAME} is not whole`)
  if (said.sha256 !== sha256) throw broken(folder, `its weights have the digest ${sha256}, expected ${said.sha256}`)
  const file = readBaseFile(weights)
  if (!file.ok) throw new FailureError(file.failure)
  return { ...file.value, sha256 }
}

/** The counterpart: weights and manifest; the card is the recipe's. */
export function writeBase(folder: string, base: BaseConverter, facts: Readonly<Record<string, unknown>>): string {
  makeFolder(folder)
  const weights = writeBaseFile(base)
  const sha256 = createHash('sha256').update(weights).digest('hex')
  writeAtomically(join(folder, WEIGHTS_NAME), weights)
  const text = `${JSON.stringify({ format: FORMAT, version: 1, ...facts, sha256 }, null, 2)}\n`
  writeAtomically(join(folder, MANIFEST_NAME), new TextEncoder().encode(text))
  return sha256
}

function parseManifest(bytes: Uint8Array): z.infer<typeof manifest> | null {
  try {
    return manifest.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null
  } catch {
    return null // not JSON: the caller says so
  }
}

const broken = (folder: string, why: string) =>
  new FailureError(
    failure('checkpoint-invalid', `The base in ${folder} can't be used: ${why}.`, 'Install the program anew.'),
  )
