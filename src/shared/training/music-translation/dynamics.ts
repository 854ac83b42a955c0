import { assert } from '../../base/assert.ts'
import type { Random } from '../../base/random.ts'
import { codeSamples, pitchHopOf, type WaveformClip } from '../wavenet-autoencoder/clip.ts'
import type { Crop } from '../wavenet-autoencoder/crops.ts'

/**
 * Sounds that nobody recorded as loud, or as soft: a piano's end brought up to its beginning is a note that is held, which
 * a decoder is asked for where another instrument holds one.
 */
export interface Dynamics {
  /** Of all crops; the others are as loud as they were played. */
  readonly share: number
  /** Their greatest sample lies between this and 1, in decibels as likely as any other. */
  readonly softestPeak: number
  /** What is softer than this allows is brought up as far as it does: its noise comes up with it. */
  readonly mostGain: number
}

/** @returns what a crop's samples are multiplied with */
export function drawGain(random: Random, samples: Float32Array, { share, softestPeak, mostGain }: Dynamics): number {
  if (random.uniform() >= share) return 1
  const wanted = softestPeak ** random.uniform()
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return peak === 0 ? 1 : Math.min(wanted / peak, mostGain)
}

/** A crop as a clip of its own, louder or softer. */
export function cutAtGain(
  { samples, pitch, singerIndex }: WaveformClip,
  { start, sampleCount }: Crop,
  gain: number,
  hop: number,
): WaveformClip {
  assert(samples !== undefined, 'what is played louder is the sound before it was companded')
  const played = samples.subarray(start, start + sampleCount).map((sample) => gain * sample)
  const pitchHop = pitchHopOf({ hop })
  return {
    samples: played,
    levels: codeSamples(played),
    singerIndex,
    pitch: pitch && pitch.subarray(start / pitchHop, (start + sampleCount) / pitchHop),
  }
}
