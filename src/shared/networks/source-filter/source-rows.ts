import { GROUP, SOURCE_CHANNELS } from './config.ts'

/** What drives the network: eight pulses, then eight samples of noise times a gain, for each group; into [groups × 16]. */
export function sourceRows(pulses: Float32Array, noise: Float32Array, output: Float32Array, noiseGain = 1): void {
  for (let at = 0, to = 0; at < pulses.length; at += GROUP, to += SOURCE_CHANNELS)
    for (let index = 0; index < GROUP; index++) {
      output[to + index] = pulses[at + index]
      output[to + GROUP + index] = noiseGain * noise[at + index]
    }
}
