import type { Random } from '../../src/shared/base/random.ts'
import { flowWidths, type WaveglowConfig } from '../../src/shared/networks/waveglow/config.ts'
import { waveglowShapes } from '../../src/shared/networks/waveglow/parameters.ts'
import { randomRotation, type StartingMixing } from '../../src/shared/nn/mixing.ts'
import type { StoredTensor } from '../../src/shared/nn/parameters.ts'

/** A trained coupling scales by little: larger ones multiply beyond all bounds from flow to flow. */
const LAST_GAIN = 0.3

/** Every coupling moves: unlike fresh networks, whose last layers are zeros. */
export function drawnWeights(
  shapes: ReadonlyMap<string, readonly number[]>,
  random: Random,
): Map<string, StoredTensor> {
  return new Map(
    [...shapes].map(([name, shape]) => {
      const count = shape.reduce((product, size) => product * size, 1)
      const fan = count / shape[0]
      const gain = name.endsWith('/end/weight') ? LAST_GAIN : 1
      const spread = name.endsWith('/weight') ? gain / Math.sqrt(fan) : 0.1
      const values = Float32Array.from({ length: count }, () => spread * random.normal())
      const isGain = /\/scale$/.test(name)
      return [name, { shape, values: isGain ? values.map((value) => 1 + value) : values }]
    }),
  )
}

/** A WaveGlow that scales and turns, but never learned. */
export function drawnWaveglow(
  config: WaveglowConfig,
  random: Random,
): { readonly stored: Map<string, StoredTensor>; readonly mixings: readonly StartingMixing[] } {
  const stored = drawnWeights(waveglowShapes(config), random)
  const mixings = flowWidths(config).map((width) => randomRotation(width, random))
  mixings.forEach(({ lower, upper, logScale }, flow) => {
    for (const [part, values] of Object.entries({ lower, upper, 'log-scale': logScale })) {
      const name = `flow${flow}/${part}`
      stored.set(name, { shape: stored.get(name)?.shape ?? [], values })
    }
  })
  return { stored, mixings }
}
