import { statSync } from 'node:fs'
import { LARGEST_SINGER_FILE_BYTES } from '../../../shared/formats/singer-file.ts'
import { readWaveformSinger, type WaveformSingerFile } from '../../../shared/formats/waveform-singer-file.ts'
import { autoencoderDecoder } from '../../../shared/sampling/autoencoder-decoder.ts'
import type { SamplerDecoder } from '../../../shared/sampling/decoder.ts'
import { readModel } from './read-model.ts'

/** A waveform singer with its decoder in the samplers' terms. */
export interface LoadedWaveformSinger extends WaveformSingerFile {
  readonly decoder: SamplerDecoder
}

/** The last is kept for the next region: laying a decoder out takes a second at the published size. */
let kept: { readonly key: string; readonly singer: LoadedWaveformSinger } | null = null

/** Loads a waveform singer. Throws FailureError `file-missing`, `checkpoint-invalid`. */
export function loadWaveformSinger(path: string): LoadedWaveformSinger {
  const stats = statSync(path, { throwIfNoEntry: false })
  const key = `${path}\n${stats?.size}\n${stats?.mtimeMs}`
  if (kept?.key === key) return kept.singer
  const file = readModel(path, {
    what: 'singer file',
    largestBytes: LARGEST_SINGER_FILE_BYTES,
    read: readWaveformSinger,
  })
  const { parameters, config } = file.model
  const singer = { ...file, decoder: autoencoderDecoder(parameters, config) }
  kept = { key, singer }
  return singer
}
