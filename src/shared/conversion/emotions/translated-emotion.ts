import type { Numbers } from '../../dsp/numbers.ts'
import { BAND_COUNT } from '../../networks/spectral-autoencoder/config.ts'
import type { FrameRows } from '../frame-rows.ts'
import type { PreparedEmotion } from './prepared-emotion.ts'

/** What a translator found out ahead for every 5 ms frame of a span, with the intensity in it; null for no change. */
export interface TranslatedFrames {
  /** Octaves. */
  readonly pitch: Float64Array | null
  /** dB of the noise part. */
  readonly breath: Numbers | null
  /** Change of ln power per band, [frames × 64]. */
  readonly shapes: FrameRows | null
  /** Change of ln power. */
  readonly level: Numbers | null
}

/**
 * An emotion whose changes are known before the conversion begins, as a network finds them. It is good for the span,
 * intensity and delivery that it was found for. Frames past its end change as the last one does.
 */
export function translatedEmotion(emotionId: string, frames: TranslatedFrames): PreparedEmotion {
  const { shapes } = frames
  const row = new Float64Array(BAND_COUNT)
  return {
    emotionId,
    pitch: () => frames.pitch,
    breath: () => frames.breath,
    timbre: () =>
      shapes === null && frames.level === null
        ? null
        : {
            addShape(frame, difference) {
              if (shapes === null) return
              shapes.read(Math.min(frame, shapes.frameCount - 1), row)
              for (let band = 0; band < BAND_COUNT; band++) difference[band] += row[band]
            },
            level: frames.level,
          },
  }
}
