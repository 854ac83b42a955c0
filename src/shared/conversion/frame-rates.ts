import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'

/** Writes frame `frame` at 5 ms, linearly between the 10 ms frames of `slow` ([count × 64]), to `output[offset …]`. */
export function interpolateFrame(
  slow: Numbers,
  slowCount: number,
  frame: number,
  output: Numbers,
  offset: number,
): void {
  const left = Math.min(Math.floor(frame / 2), slowCount - 1)
  const right = Math.min(left + 1, slowCount - 1)
  const weight = Math.min(frame / 2 - left, 1)
  for (let band = 0; band < BAND_COUNT; band++)
    output[offset + band] = slow[left * BAND_COUNT + band] * (1 - weight) + slow[right * BAND_COUNT + band] * weight
}
