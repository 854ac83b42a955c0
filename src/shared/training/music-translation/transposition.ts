import { assert } from '../../base/assert.ts'
import type { Random } from '../../base/random.ts'
import { readAtSpeed } from '../../dsp/read-at-speed.ts'
import { pitchHz, pitchInput } from '../../networks/wavenet-autoencoder/pitch-track.ts'
import { semitonesToRatio } from '../../units/pitch.ts'
import { codeSamples, pitchHopOf, type WaveformClip } from '../wavenet-autoencoder/clip.ts'
import type { Crop } from '../wavenet-autoencoder/crops.ts'

/** Notes that nobody recorded: a decoder is asked for those of others, which may lie beyond its own. */
export interface Transposition {
  /** Up or down, each as likely as any other. */
  readonly mostSemitones: number
  /** Of all crops; the others stay as they were played. */
  readonly share: number
}

/** @returns semitones, 0 for a crop that stays */
export const drawTransposition = (random: Random, { mostSemitones, share }: Transposition): number =>
  random.uniform() < share ? mostSemitones * (2 * random.uniform() - 1) : 0

/** How much of a clip is read for a crop, in whole hops. */
export const readSamples = (sampleCount: number, semitones: number, hop: number): number =>
  hop * Math.ceil((sampleCount * semitonesToRatio(semitones)) / hop)

/**
 * A crop read faster or slower, as a clip of its own: as long as it was asked for, or as long as what was cut lasts.
 * @param crop of `readSamples`, or less where the clip is shorter
 */
export function transposeCrop(
  { samples, pitch, singerIndex }: WaveformClip,
  { start, sampleCount: cut }: Crop,
  semitones: number,
  sampleCount: number,
  hop: number,
): WaveformClip {
  assert(samples !== undefined, 'what is transposed is the sound before it was companded')
  const speed = semitonesToRatio(semitones)
  const length = hop * Math.max(Math.min(Math.floor(cut / speed / hop), sampleCount / hop), 1)
  const read = readAtSpeed(samples, start, speed, length)
  const pitchHop = pitchHopOf({ hop })
  return {
    samples: read,
    levels: codeSamples(read),
    singerIndex,
    pitch:
      pitch &&
      Float32Array.from({ length: length / pitchHop }, (_, frame) => {
        const input = pitch[Math.min(Math.round(start / pitchHop + frame * speed), pitch.length - 1)]
        return input === 0 ? 0 : pitchInput(pitchHz(input) * speed)
      }),
  }
}
