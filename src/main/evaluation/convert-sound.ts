import { silentProgress } from '../../shared/base/progress.ts'
import { convertRegion } from '../../shared/conversion/convert.ts'
import type { PreparedSinger } from '../../shared/conversion/prepared-singer.ts'
import { sourceOf, type Resample } from '../../shared/conversion/sound.ts'
import type { Kernels } from '../../shared/kernels/kernels.ts'
import type { Sound } from './read-sound.ts'

/** A whole recording as the application converts it: automatic transposition, full strength, no emotion. */
export interface SoundConverter {
  convert(
    sound: Sound,
    singer: PreparedSinger,
    likeness?: number,
  ): { readonly sound: Sound; readonly semitones: number }
}

export function createSoundConverter(resample: Resample, kernels: Kernels): SoundConverter {
  return {
    convert({ samples, rateHz }, singer, likeness = 0) {
      const result = new Float32Array(samples.length)
      let written = 0
      const { semitones } = convertRegion({
        source: sourceOf([samples], rateHz),
        startSamples: 0,
        durationSamples: samples.length,
        singer,
        performance: {
          emotion: { emotionId: 'neutral', intensity: 0 },
          transposition: { kind: 'auto' },
          strength: 1,
          likeness,
        },
        emotion: null,
        resample,
        kernels,
        progress: silentProgress,
        sink: {
          write([channel]) {
            result.set(channel, written)
            written += channel.length
          },
        },
      })
      return { sound: { samples: result, rateHz }, semitones }
    },
  }
}
