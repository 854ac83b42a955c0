import { createWavWriter } from '../../src/main/files/wav-file.ts'
import { madeOnce } from './made-once.ts'
import { makeSingerClips, voices } from '../../src/shared/synthesizer/index.ts'

/** Enough for every band that a converter sees, and quick to analyze. */
export const VOICE_RATE_HZ = 24_000

const kept = new Map<string, Float32Array>()

/** Twelve seconds that a voice of the product's synthesizer sings. */
export function sungVoice(name: keyof typeof voices, seed = 1): Float32Array {
  const key = `${name} ${seed}`
  const samples = kept.get(key) ?? new Float32Array(madeOnce(`${key}.f32`, () => sing(name, seed)).buffer)
  kept.set(key, samples)
  return samples
}

const sing = (name: keyof typeof voices, seed: number): Uint8Array =>
  new Uint8Array(Float32Array.from(makeSingerClips(voices[name], 1, VOICE_RATE_HZ, seed)[0].samples).buffer)

/** A 32-bit float WAV of given samples, over and over. */
export function writeVoice(
  path: string,
  channels: readonly Float32Array[],
  rateHz = VOICE_RATE_HZ,
  repeatCount = 1,
): string {
  const writer = createWavWriter(path, { rateHz, channelCount: channels.length, encoding: 'float32' })
  for (let pass = 0; pass < repeatCount; pass++) writer.write(channels)
  writer.finish()
  return path
}
