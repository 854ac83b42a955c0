import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT, ENCODER_INPUT_CHANNELS, LOW_BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import type { Auxiliary } from './auxiliary.ts'
import { removeLowMean } from './features.ts'
import type { FrameRows } from './frame-rows.ts'

/** Mean shape over the active frames, per low band: what makes a clip's room and microphone vanish. */
export function activeMeanShape(frameCount: number, active: Uint8Array, readShape: ReadShape): Float64Array {
  const mean = new Float64Array(BAND_COUNT)
  const shape = new Float64Array(BAND_COUNT)
  let count = 0
  for (let frame = 0; frame < frameCount; frame++) {
    if (!active[frame]) continue
    readShape(frame, shape)
    for (let band = 0; band < BAND_COUNT; band++) mean[band] += shape[band]
    count++
  }
  return mean.map((sum) => sum / Math.max(count, 1))
}

/** Writes the shape (64) of one 10 ms frame. */
export type ReadShape = (frame: number, shape: Float64Array) => void

/** Reads shapes out of ln power of which every `stride`-th frame counts. */
export function shapeReader(lm: FrameRows, stride: number): ReadShape {
  return (frame, shape) => {
    lm.read(frame * stride, shape)
    removeLowMean(shape, 0)
  }
}

/** Writes the encoder's input of frames `first … first + count − 1` into `output`, [count × 57], frame-major. */
export type ReadEncoderInput = (first: number, count: number, output: Float64Array) => void

/**
 * The encoder's input: low bands of the normalized shape minus the clip's mean over active frames, voiced, energy.
 * `clipMean` (64) is `activeMeanShape` of the same clip.
 */
export function encoderInputReader(
  readShape: ReadShape,
  { voiced, energy }: Auxiliary,
  clipMean: Numbers,
  spread: number,
): ReadEncoderInput {
  const shape = new Float64Array(BAND_COUNT)
  return (first, count, output) => {
    for (let index = 0; index < count; index++) {
      const at = index * ENCODER_INPUT_CHANNELS
      readShape(first + index, shape)
      // The mean shape of the training cancels: ((s − mu) − mean(s − mu)) / sd.
      for (let band = 0; band < LOW_BAND_COUNT; band++) output[at + band] = (shape[band] - clipMean[band]) / spread
      output[at + LOW_BAND_COUNT] = voiced[first + index]
      output[at + LOW_BAND_COUNT + 1] = energy[first + index]
    }
  }
}
