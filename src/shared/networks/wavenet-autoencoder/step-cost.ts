import type { WavenetAutoencoderConfig } from './config.ts'
import { wavenetAutoencoderShapes } from './parameters.ts'

/**
 * 10⁹ multiplications and additions of one step of phase 1 for so many samples: encoder and decoder forward and for both
 * gradients, and the encoder once more for the adversaries, who count next to nothing.
 */
export const wavenetGflopPerStep = (config: WavenetAutoencoderConfig, sampleCount: number): number =>
  gflopPerStep(wavenetAutoencoderShapes(config, 1), sampleCount)

/** The same of any encoder and one decoder. */
export function gflopPerStep(shapes: ReadonlyMap<string, readonly number[]>, sampleCount: number): number {
  const learned = 3 * (perSample(shapes, 'encoder/') + perSample(shapes, 'decoder/'))
  return (2 * sampleCount * (learned + perSample(shapes, 'encoder/'))) / 1e9
}

/** Every weight of both works once a sample. */
const perSample = (shapes: ReadonlyMap<string, readonly number[]>, start: string): number =>
  [...shapes]
    .filter(([name]) => name.startsWith(start) && name.endsWith('/weight'))
    .reduce((sum, [, shape]) => sum + shape.reduce((product, size) => product * size, 1), 0)
