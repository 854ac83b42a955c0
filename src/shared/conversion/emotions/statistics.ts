import { BAND_COUNT } from '../../networks/spectral-autoencoder/config.ts'
import { isZero, valueAt } from '../over-frames.ts'
import type { EmotionStatistics } from './definition.ts'
import { expressLevel, expressPitch } from './express.ts'
import type { PreparedEmotion } from './prepared-emotion.ts'

/** An emotion by its table: everything in proportion to the intensity of each frame. */
export const preparedStatistics = (statistics: EmotionStatistics): PreparedEmotion => ({
  emotionId: statistics.emotionId,
  pitch: (f0, { intensity, isSung }) => expressPitch(f0, statistics, intensity, isSung),
  breath: () => null,
  timbre({ energies }, { intensity }) {
    if (isZero(intensity)) return null
    const { shapeOffset } = statistics
    return {
      addShape(frame, difference) {
        const a = valueAt(intensity, frame)
        for (let band = 0; band < BAND_COUNT; band++) difference[band] += a * shapeOffset[band]
      },
      level: expressLevel(energies, statistics, intensity),
    }
  },
})
