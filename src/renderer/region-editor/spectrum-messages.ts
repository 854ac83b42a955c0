import type { LogSpectrogramOptions } from '../../shared/dsp/log-spectrogram.ts'

/** A sound to look at from now on, or a tile of its picture. */
export type SpectrumRequest =
  | { readonly kind: 'load'; readonly bytes: ArrayBuffer }
  | { readonly kind: 'tile'; readonly key: string; readonly options: LogSpectrogramOptions }

export interface SpectrumAnswer {
  readonly key: string
  readonly picture: Uint8Array<ArrayBuffer>
}
