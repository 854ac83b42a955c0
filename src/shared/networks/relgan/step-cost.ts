import { CEPSTRA, CROP_FRAMES, type RelganConfig } from './config.ts'
import { discriminatorShapes, generatorShapes } from './parameters.ts'

/** Calls of the generator in a step: two clips, there and back, both ways in part, and two more around the triangle. */
const GENERATOR_CALLS = 9
/** What the generator's losses look at, and what the discriminator's do; each once forward and once for each gradient. */
const TRUNK_CALLS = { generator: 3, discriminator: 6 } as const
const MATCHING_CALLS = { generator: 1, discriminator: 6 } as const

/** Places at which each layer's weight is used, by the first part of its name that fits. */
const placesOf = (name: string, frames: number): number => {
  const [F, T] = [CEPSTRA, frames]
  const found = [
    ['generator/in', F * T],
    ['generator/down1', (F * T) / 4],
    ['generator/down2', (F * T) / 16],
    ['generator/up1', (F * T) / 16],
    ['generator/up2', (F * T) / 4],
    ['generator/out', F * T],
    ['generator/', T / 4],
    ['trunk/0', F * T],
    ['trunk/1', (F * T) / 4],
    ['trunk/2', (F * T) / 16],
    ['', Math.ceil(F / 8) * (T / 8)],
  ] as const
  return found.find(([start]) => name.startsWith(start))?.[1] ?? 0
}

const multiplications = (shapes: ReadonlyMap<string, readonly number[]>, start: string, frames: number): number =>
  [...shapes]
    .filter(([name]) => name.startsWith(start) && name.endsWith('/weight'))
    .reduce(
      (sum, [name, shape]) => sum + placesOf(name, frames) * shape.reduce((product, size) => product * size, 1),
      0,
    )

/** 10⁹ multiplications and additions of the generator's convolutions over so many frames of one item. */
export const generatorGflop = (config: RelganConfig, frames: number): number =>
  (2 * multiplications(generatorShapes(config), 'generator/', frames)) / 1e9

/** The same of one training step: forward, and for both gradients where weights learn. */
export function relganGflopPerStep(config: RelganConfig, itemCount: number): number {
  const shapes = discriminatorShapes(config)
  const trunk = (2 * multiplications(shapes, 'trunk/', CROP_FRAMES)) / 1e9
  const matching = (2 * multiplications(shapes, 'heads/matching', CROP_FRAMES)) / 1e9
  const learned = GENERATOR_CALLS * generatorGflop(config, CROP_FRAMES)
  const judged = TRUNK_CALLS.discriminator * trunk + MATCHING_CALLS.discriminator * matching
  const passed = TRUNK_CALLS.generator * trunk + MATCHING_CALLS.generator * matching
  return itemCount * (3 * learned + 3 * judged + 2 * passed)
}
