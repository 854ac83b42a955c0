import type { Resample } from '../../../shared/conversion/sound.ts'
import { WAVENET_RATE_HZ } from '../../../shared/networks/wavenet-autoencoder/config.ts'

/**
 * What sounds in a channel above half the networks' rate: the channel less what comes back from that rate, so that both
 * together are the channel again. Nothing at that rate and below it.
 */
export function highBandOf(channel: Float32Array, rateHz: number, resample: Resample): Float32Array {
  if (rateHz <= WAVENET_RATE_HZ) return new Float32Array(channel.length)
  const low = resample(resample(channel, rateHz, WAVENET_RATE_HZ), WAVENET_RATE_HZ, rateHz)
  return channel.map((sample, index) => sample - (low[index] ?? 0))
}
