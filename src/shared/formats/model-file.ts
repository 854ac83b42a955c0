import { failure } from '../base/errors.ts'
import { failed, ok, type Result } from '../base/result.ts'
import { digestOf } from './model-tensors.ts'
import { readSafetensors, type SafetensorsFile } from './safetensors.ts'
import { shortened } from './text.ts'

/** A kind of safetensors file with a card and a description of its model in the metadata. */
export interface ModelFileKind {
  readonly format: string
  readonly version: string
  readonly largestBytes: number
  /** "emotion model", "vocoder". */
  readonly what: string
}

/** The container, if it claims to be of this kind: its card, description and numbers are still to be read with suspicion. */
export function openModelFile(
  bytes: Uint8Array,
  { format, version, largestBytes, what }: ModelFileKind,
): Result<SafetensorsFile> {
  if (bytes.length > largestBytes) return invalidModel(what, `it has ${bytes.length} bytes, more than any such file`)
  const file = readSafetensors(bytes)
  if (!file.ok) return file
  const { metadata } = file.value
  const article = /^[aeiou]/.test(what) ? 'an' : 'a'
  if (metadata['format'] !== format)
    return invalidModel(what, `it is a safetensors file, but not of ${article} ${what}`)
  if (metadata['version'] !== version)
    return invalidModel(what, `it is of version ${shortened(metadata['version'] ?? '')}, and ${version} is understood`)
  return ok(file.value)
}

/** Whether its numbers, card and description are as they were written. */
export const hasItsDigest = ({ tensors, metadata }: SafetensorsFile): boolean =>
  metadata['digest'] === digestOf(tensors, [metadata['card'] ?? '', metadata['model'] ?? ''])

/** A text of the metadata as data; null where it is none. */
export function parseJson(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '')
  } catch {
    return null // not JSON
  }
}

export const invalidModel = (what: string, why: string): Result<never> =>
  failed(failure('checkpoint-invalid', `This ${what} can't be used: ${why}.`, 'Ask for the file anew.'))
