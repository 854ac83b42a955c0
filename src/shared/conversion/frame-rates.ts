import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import type { FrameRows } from './frame-rows.ts'

/** Writes a frame at 5 ms to `output[offset …]`. */
export type ReadFrame = (frame: number, output: Float64Array, offset?: number) => void

/** Reads rows of 10 ms at every 5 ms: linearly between them, the last one held. */
export function interpolatedFrames(slow: FrameRows): ReadFrame {
  const next = new Float64Array(BAND_COUNT)
  return (frame, output, offset = 0) => {
    const left = Math.min(Math.floor(frame / 2), slow.frameCount - 1)
    const right = Math.min(left + 1, slow.frameCount - 1)
    const weight = Math.min(frame / 2 - left, 1)
    slow.read(left, output, offset)
    slow.read(right, next)
    for (let band = 0; band < BAND_COUNT; band++)
      output[offset + band] = output[offset + band] * (1 - weight) + next[band] * weight
  }
}
