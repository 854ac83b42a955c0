import { warpMatrix } from '../../../src/shared/conversion/augmentation.ts'
import type { PreparedSinger } from '../../../src/shared/conversion/prepared-singer.ts'
import type { SourceFeatures } from '../../../src/shared/conversion/source-features.ts'
import {
  BAND_COUNT,
  ENCODER_INPUT_CHANNELS,
  LOW_BAND_COUNT,
} from '../../../src/shared/networks/spectral-autoencoder/config.ts'
import type { ReadRows } from '../../../src/shared/networks/spectral-autoencoder/inference.ts'
import type { Rendering } from './variants.ts'

/** The latent of a recording: of its envelopes as they are, or the mean over several lengths of the vocal tract. */
export function latentOf(
  { inference, model }: PreparedSinger,
  features: SourceFeatures,
  { warps }: Rendering,
): Float32Array {
  const read = features.encoderInput(model.spread)
  const count = features.slowFrameCount
  const latents = warps.map((warp) => inference.encode(count, warp === 0 ? read : warped(read, warp)))
  const mean = latents[0]
  for (const other of latents.slice(1)) for (let at = 0; at < mean.length; at++) mean[at] += other[at]
  for (let at = 0; at < mean.length; at++) mean[at] /= latents.length
  return mean
}

/** The encoder's input with the band index warped, as in training; the bands over 7.6 kHz repeat the last low one. */
function warped(read: ReadRows, logWarp: number): ReadRows {
  const { matrix } = warpMatrix(new Float64Array(BAND_COUNT).fill(logWarp))
  return (first, count, output) => {
    read(first, count, output)
    const row = new Float64Array(LOW_BAND_COUNT)
    for (let index = 0; index < count; index++) {
      const at = index * ENCODER_INPUT_CHANNELS
      row.fill(0)
      for (let source = 0; source < BAND_COUNT; source++) {
        const value = output[at + Math.min(source, LOW_BAND_COUNT - 1)]
        for (let band = 0; band < LOW_BAND_COUNT; band++) row[band] += value * matrix[source * BAND_COUNT + band]
      }
      for (let band = 0; band < LOW_BAND_COUNT; band++) output[at + band] = row[band]
    }
  }
}
