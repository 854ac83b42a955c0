import { samplesApart, type WavenetBlocks } from './config.ts'

/**
 * How many samples pass between two places where a layer works, by its name: encoders may stride, adversaries hear
 * latents, and what the decoder is told is multiplied once for each latent, but for the pitch, which is one column.
 */
export function samplesPerPlace(name: string, { encoder, hop }: Pick<WavenetBlocks, 'encoder' | 'hop'>): number {
  if (/^(classifier|regressor)\//.test(name) || /condition(\/|$)/.test(name)) return hop
  if (!name.startsWith('encoder/')) return 1
  const entry = /^encoder\/in(\d+)/.exec(name)
  if (entry === null) return samplesApart(encoder)
  return samplesApart({ ...encoder, strides: encoder.strides?.slice(0, Number(entry[1]) + 1) ?? [] })
}
