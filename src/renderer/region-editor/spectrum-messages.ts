import type { LogSpectrogramOptions } from '../../shared/dsp/log-spectrogram.ts'

/** A tile of a picture, with what of the sound it is made of. */
export interface SpectrumRequest {
  readonly key: string
  readonly samples: Float32Array<ArrayBuffer>
  readonly options: LogSpectrogramOptions
}

export interface SpectrumAnswer {
  readonly key: string
  readonly picture: Uint8Array<ArrayBuffer>
}
