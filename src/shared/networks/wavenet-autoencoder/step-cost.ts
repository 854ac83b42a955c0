import type { WavenetAutoencoderConfig, WavenetBlocks } from './config.ts'
import { wavenetAutoencoderShapes } from './parameters.ts'
import { samplesPerPlace } from './places.ts'

/**
 * 10⁹ multiplications and additions of one step of phase 1 for so many samples: encoder and decoder forward and for both
 * gradients, and the encoder once more for the adversaries, who count next to nothing.
 */
export const wavenetGflopPerStep = (config: WavenetAutoencoderConfig, sampleCount: number): number =>
  gflopPerStep(wavenetAutoencoderShapes(config, 1), config, sampleCount)

/** The same of any encoder and one decoder. */
export function gflopPerStep(
  shapes: ReadonlyMap<string, readonly number[]>,
  config: WavenetBlocks,
  sampleCount: number,
): number {
  const encoder = perSample(shapes, config, 'encoder/')
  const learned = 3 * (encoder + perSample(shapes, config, 'decoder/'))
  return (2 * sampleCount * (learned + encoder)) / 1e9
}

const perSample = (shapes: ReadonlyMap<string, readonly number[]>, config: WavenetBlocks, start: string): number =>
  [...shapes]
    .filter(([name]) => name.startsWith(start) && name.endsWith('/weight'))
    .reduce((sum, [name, shape]) => {
      const weights = shape.reduce((product, size) => product * size, 1)
      return sum + weights / samplesPerPlace(name, config)
    }, 0)
