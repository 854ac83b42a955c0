import { muLawLevel } from '../../dsp/mu-law.ts'
import { PITCH_FRAMES_PER_LATENT, pitchInput } from '../../networks/wavenet-autoencoder/pitch-track.ts'

/** What the waveform autoencoder learns from: 16 kHz, companded. */
export interface WaveformClip {
  /** 1…255: `codeWaveform`. */
  readonly levels: Uint8Array
  /** Row of the singers' table. */
  readonly singerIndex: number
  /** One number for every `pitchHop` samples, 0…1, 0 where unvoiced; null for networks without. */
  readonly pitch: Float32Array | null
  /** The sound before it was companded, as loud, for what is to be changed of it; where nothing is, it is not kept. */
  readonly samples?: Float32Array
}

/** Samples a frame of pitch: at the published hop 100, 6.25 ms. */
export const pitchHopOf = ({ hop }: { readonly hop: number }): number => hop / PITCH_FRAMES_PER_LATENT

/**
 * A recording as levels, as loud as it can be. Level 0 is left out, since the negative of every other level is a level:
 * a clip may be turned upside down and back.
 * @param samples at 16 kHz
 */
export const codeWaveform = (samples: Float32Array): Uint8Array => codeSamples(asLoudAsCanBe(samples))

/** A recording whose loudest sample is 1 or −1; silence stays. */
export function asLoudAsCanBe(samples: Float32Array): Float32Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return peak === 0 ? samples : samples.map((sample) => sample / peak)
}

/** Samples as levels, as loud as they are. */
export const codeSamples = (samples: Float32Array): Uint8Array =>
  Uint8Array.from(samples, (sample) => Math.max(muLawLevel(sample), 1))

/**
 * What the networks hear of a pitch track: the nearest frame at each of their own, so that nothing lies between voiced
 * and unvoiced.
 * @param f0Hz 0 where unvoiced
 * @param hopSamples of 16 kHz between its frames
 * @param sampleCount of the clip
 */
export function codePitch(f0Hz: Float32Array, hopSamples: number, sampleCount: number, pitchHop: number): Float32Array {
  return Float32Array.from({ length: Math.floor(sampleCount / pitchHop) }, (_, frame) =>
    pitchInput(f0Hz[Math.min(Math.round((frame * pitchHop) / hopSamples), f0Hz.length - 1)]),
  )
}
