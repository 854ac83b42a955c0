import { createPeakLimiter } from '../../../shared/conversion/peak-limiter.ts'
import type { Resample, SampleSink } from '../../../shared/conversion/sound.ts'
import type { AnalysisSpan } from '../../../shared/conversion/windows.ts'
import { WAVENET_RATE_HZ } from '../../../shared/networks/wavenet-autoencoder/config.ts'
import { MARGIN_SEC } from './network-sound.ts'

/** Takes a region's sound, block after block, and hands it on with what its source has above the networks' band. */
export interface HighBandSink extends SampleSink {
  /** Gives out what is still held. */
  finish(): void
}

/** @param ceiling that both together stay under: peaks above it are turned down smoothly */
export function keepingHighBand(
  span: AnalysisSpan,
  { resample, ceiling }: { readonly resample: Resample; readonly ceiling: number },
  sink: SampleSink,
): HighBandSink {
  const { source, startSamples, durationSamples, regionStartSamples } = span
  const margin = MARGIN_SEC * source.rateHz
  const limiter = createPeakLimiter(ceiling, source.rateHz, sink)
  let at = regionStartSamples
  return {
    write(channels) {
      const [first, last] = [Math.max(at - margin, 0), Math.min(at + channels[0].length + margin, durationSamples)]
      const heard = source.read(startSamples + first, last - first)
      const both = channels.map((channel, index) => {
        const high = highBandOf(heard[index], source.rateHz, resample)
        return Float64Array.from(channel, (sample, place) => sample + high[at - first + place])
      })
      limiter.push(both)
      at += channels[0].length
    },
    finish: () => limiter.finish(),
  }
}

/**
 * What sounds in a channel above half the networks' rate: the channel less what comes back from that rate, so that both
 * together are the channel again. Nothing at that rate and below it.
 */
export function highBandOf(channel: Float32Array, rateHz: number, resample: Resample): Float32Array {
  if (rateHz <= WAVENET_RATE_HZ) return new Float32Array(channel.length)
  const low = resample(resample(channel, rateHz, WAVENET_RATE_HZ), WAVENET_RATE_HZ, rateHz)
  return channel.map((sample, index) => sample - (low[index] ?? 0))
}
