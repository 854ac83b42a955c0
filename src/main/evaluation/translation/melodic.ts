import { FRAMES_PER_SEC } from '../../../shared/conversion/features.ts'
import { WAVENET_RATE_HZ } from '../../../shared/networks/wavenet-autoencoder/config.ts'
import { trackPitch } from '../../../shared/pitch/index.ts'
import { frameEnergies } from '../../../shared/sampling/cut.ts'

/** Below its loudest moment a sound counts as over: 40 dB. */
const SILENCE_SHARE = 1e-4

/** Hz, 0 where unvoiced. @param sound at 16 kHz */
export const melodyOf = (sound: Float32Array): Float64Array =>
  trackPitch(Float64Array.from(sound), WAVENET_RATE_HZ).f0Hz

/**
 * Whether a sound is voiced in half of the time that it sounds. Of noise, and of a note that is too low to be tracked,
 * nobody can say whether its melody was kept.
 */
export function isMelodic(sound: Float32Array, melody: Float64Array): boolean {
  const energies = frameEnergies(sound, WAVENET_RATE_HZ / FRAMES_PER_SEC)
  const least = SILENCE_SHARE * energies.reduce((most, energy) => Math.max(most, energy), 0)
  const sounding = melody.filter((_, frame) => energies[frame] > least)
  return sounding.length > 0 && sounding.filter((hz) => hz > 0).length >= sounding.length / 2
}
