import { failure } from '../base/errors.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { ConverterId } from '../project/converters.ts'
import { digestOf } from './model-tensors.ts'
import { readSafetensors, readSafetensorsMetadata, writeSafetensors, type ReadBytes } from './safetensors.ts'
import type { SingerCard } from './singer-card.ts'
import { DOMAIN_FORMAT } from './domain-file.ts'
import { readSingerFile, SINGER_FORMAT } from './singer-file.ts'
import { readWaveformSinger, WAVEFORM_SINGER_FORMAT } from './waveform-singer-file.ts'

/** A `.singer` file of whichever converter, without what sings in it. */
export interface AnySingerFile {
  readonly converter: SingerConverter
  readonly card: SingerCard
}

/** Those whose singers have files of their own. */
type SingerConverter = Exclude<ConverterId, 'translation'>

const readers: Readonly<Record<SingerConverter, (bytes: Uint8Array) => Result<{ readonly card: SingerCard }>>> = {
  'spectral-autoencoder': readSingerFile,
  waveform: readWaveformSinger,
}

const converterOfFormat: Readonly<Record<string, ConverterId>> = {
  [SINGER_FORMAT]: 'spectral-autoencoder',
  [WAVEFORM_SINGER_FORMAT]: 'waveform',
  [DOMAIN_FORMAT]: 'translation',
}

/** What the file of a singer or a domain says of its converter; nothing but its header is read. */
export function converterOfFile(read: ReadBytes): Result<ConverterId> {
  const metadata = readSafetensorsMetadata(read)
  if (!metadata.ok) return metadata
  const format = metadata.value['format'] ?? ''
  if (Object.hasOwn(converterOfFormat, format)) return ok(converterOfFormat[format])
  return noSinger()
}

/** Reads hostile bytes in full, by whichever converter they name. */
export function readAnySinger(bytes: Uint8Array): Result<AnySingerFile> {
  const converter = converterOfFile((startBytes, count) => bytes.subarray(startBytes, startBytes + count))
  if (!converter.ok) return converter
  if (converter.value === 'translation') return noSinger()
  const file = readers[converter.value](bytes)
  return file.ok ? ok({ converter: converter.value, card: file.value.card }) : file
}

/** The same singer under another name. Fails as `readAnySinger` does. */
export function renameSinger(bytes: Uint8Array, name: string): Result<Uint8Array> {
  const read = readAnySinger(bytes)
  if (!read.ok) return read
  const file = readSafetensors(bytes)
  if (!file.ok) return file
  const { tensors, metadata } = file.value
  const card = JSON.stringify({ ...read.value.card, name })
  const digest = digestOf(tensors, [card, metadata['model'] ?? ''])
  return ok(writeSafetensors({ tensors, metadata: { ...metadata, card, digest } }))
}

function noSinger(): Result<never> {
  const message = "This singer file can't be used: it is a safetensors file, but not of a singer."
  return failed(failure('checkpoint-invalid', message, 'Ask for the file anew.'))
}
