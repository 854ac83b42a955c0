import { SOURCE_FILTER_RATE_HZ } from '../networks/source-filter/config.ts'
import { lagOf } from '../networks/wavenet-vocoder/between-samples.ts'
import { LAG_PERIODS } from '../networks/wavenet-vocoder/config.ts'
import { pitchAt } from './pitch-source.ts'

/** Of one period and of two, in samples, at each of some samples: 0 where nothing lies there. The same however it is cut. */
export type ReadLags = (startSamples: number, count: number) => readonly Float32Array[]

/**
 * How far back the last periods began. A pitch that moves is not what it is now: it counts as it was in their middle, or
 * as it is now where that was unvoiced.
 * @param f0 Hz for every 5 ms, 0 unvoiced
 */
export const createPeriodLags =
  (f0: Float64Array): ReadLags =>
  (startSamples, count) =>
    LAG_PERIODS.map((periods) =>
      Float32Array.from({ length: count }, (_, index) => {
        const sample = startSamples + index
        const now = pitchAt(f0, sample)
        if (now === 0) return 0
        const middle = sample - Math.round((periods * SOURCE_FILTER_RATE_HZ) / (2 * now))
        return lagOf(pitchAt(f0, middle) || now, periods)
      }),
    )
