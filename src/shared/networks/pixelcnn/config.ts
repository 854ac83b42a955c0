/** Gated PixelCNN (van den Oord et al. 2016) with a discretized mixture of logistics (Salimans et al. 2017). */
export interface PixelcnnConfig {
  readonly layers: number
  readonly channels: number
  /** Taps along each axis; odd. */
  readonly firstTaps: number
  readonly taps: number
  readonly logistics: number
}

export const pixelcnnSizes = {
  /** About what was published for small pictures, with fewer channels. */
  compact: { layers: 7, channels: 64, firstTaps: 7, taps: 3, logistics: 5 },
  /** For tests: learns a patch of spectrogram in seconds. */
  tiny: { layers: 3, channels: 8, firstTaps: 5, taps: 3, logistics: 2 },
} as const satisfies Readonly<Record<string, PixelcnnConfig>>

/** Rows above and columns to either side that a place sees. */
export const reachOf = ({ layers, firstTaps, taps }: PixelcnnConfig): number =>
  (firstTaps - 1) / 2 + (layers - 1) * ((taps - 1) / 2)
