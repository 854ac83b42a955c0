import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import type { Span, TrainingClip } from './clip.ts'

/** How shapes are normalized: (shape − mean) / spread. */
export interface Normalization {
  readonly meanShape: Float32Array
  readonly spread: number
}

/** Mean per band and one spread of all bands, over the active frames that are trained on. */
export function measureNormalization(clips: readonly TrainingClip[], spans: readonly Span[]): Normalization {
  const mean = new Float64Array(BAND_COUNT)
  let count = 0
  forEachActiveFrame(clips, spans, (shapes, at) => {
    for (let band = 0; band < BAND_COUNT; band++) mean[band] += shapes[at + band]
    count++
  })
  const meanShape = Float32Array.from(mean, (sum) => sum / Math.max(count, 1))
  let squares = 0
  forEachActiveFrame(clips, spans, (shapes, at) => {
    for (let band = 0; band < BAND_COUNT; band++) squares += (shapes[at + band] - meanShape[band]) ** 2
  })
  const spread = Math.fround(Math.sqrt(squares / Math.max(count * BAND_COUNT, 1)))
  return { meanShape, spread: spread > 0 ? spread : 1 }
}

/** Mean shape over a clip's active frames: what makes its room and microphone vanish from the encoder's input. */
export function activeClipMean(clip: TrainingClip): Float64Array {
  const mean = new Float64Array(BAND_COUNT)
  let count = 0
  forEachActiveFrame([clip], [{ clipIndex: 0, startFrame: 0, frameCount: clip.active.length }], (shapes, at) => {
    for (let band = 0; band < BAND_COUNT; band++) mean[band] += shapes[at + band]
    count++
  })
  return mean.map((sum) => sum / Math.max(count, 1))
}

function forEachActiveFrame(
  clips: readonly TrainingClip[],
  spans: readonly Span[],
  visit: (shapes: Float32Array, at: number) => void,
): void {
  for (const { clipIndex, startFrame, frameCount } of spans) {
    const { active, shapes } = clips[clipIndex]
    for (let frame = startFrame; frame < startFrame + frameCount; frame++) {
      if (active[frame]) visit(shapes, frame * BAND_COUNT)
    }
  }
}
