import type { SpectralAutoencoderConfig } from '../networks/spectral-autoencoder/config.ts'
import type { Parameters } from '../networks/spectral-autoencoder/parameters.ts'

/** Everything that a conversion needs of one singer, in memory. A `.singer` file holds exactly this and the card. */
export interface SingerModel {
  readonly config: SpectralAutoencoderConfig
  readonly parameters: Parameters
  /** The singer's row of the table, max-norm 1; length `config.singer`. */
  readonly row: Float32Array
  /** Mean shape over the active training frames, per band (64). */
  readonly meanShape: Float32Array
  /** One spread of all normalized shapes. */
  readonly spread: number
  /** Mean over the clips of within-clip variance of the 64 cepstra of the shape. */
  readonly cepstralVariance: Float32Array
  /** Harmonics-to-noise ratio in dB for 80–1,000, 1–2 k, 2–4 k, 4–6 k, 6–9 kHz. */
  readonly bandHarmonicsToNoiseDb: Float32Array
  /** Median log2 of the voiced f0 in Hz, and the 5th and 95th percentile of f0 in Hz. */
  readonly medianLog2F0: number
  readonly lowestHz: number
  readonly highestHz: number
  readonly bank: SpectralBank
}

/** Real frames of the singer's clips at 10 ms, for the residual neighbors. Clips follow each other without gaps. */
export interface SpectralBank {
  readonly clipFrameCounts: readonly number[]
  /** [frames × 64], row-major. */
  readonly shapes: Float32Array
  /** Hz, 0 where unvoiced. */
  readonly f0: Float32Array
  /** ln of the mean low-band power. */
  readonly energy: Float32Array
}
