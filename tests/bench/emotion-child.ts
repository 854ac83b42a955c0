import { memory } from '@tensorflow/tfjs-core'
import { openEngine } from '../../src/main/compute/engines/backend.ts'
import { findEngine } from '../../src/main/compute/engines/engines.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import { CEPSTRA, CROP_FRAMES, relganSizes } from '../../src/shared/networks/relgan/config.ts'
import { withGenerator } from '../../src/shared/networks/relgan/inference.ts'
import { initializeRelgan, initializeSingularVectors } from '../../src/shared/networks/relgan/initialize.ts'
import { generatorWeights } from '../../src/shared/networks/relgan/losses.ts'
import { isGenerators, relganShapes } from '../../src/shared/networks/relgan/parameters.ts'
import { generatorGflop, relganGflopPerStep } from '../../src/shared/networks/relgan/step-cost.ts'
import { relganStep, type RelganBatch } from '../../src/shared/networks/relgan/training-step.ts'
import { createAdamWState } from '../../src/shared/nn/adamw.ts'
import { createParameterLayout, packParameters } from '../../src/shared/nn/parameters.ts'

/**
 * Measures a RelGAN on one engine in a process of its own, and answers with a line of JSON after each of the two
 * measures: what is known by then, so that one outlives the death of the other. Arguments: engine, its folder, size.
 */
export interface RelganFigures {
  readonly device: string | null
  /** The generator over a stem's windows, each with the attribute and without. */
  readonly stem: Spent
  /** One training step of a single item; null until it is known. */
  readonly step: (Spent & { readonly leakedTensors: number }) | null
}
export interface Spent {
  readonly sec: number
  /** Of all threads together, which other programs on the machine do not change. */
  readonly processorSec: number
  readonly gflop: number
}

const EMOTIONS = 4
/** As translated: windows of 3.2 s, a batch of two each. */
const WINDOW_FRAMES = 640
/** Of a slow engine so many windows are timed, and the rest is counted from them. */
const TIMED_WINDOWS = 2
const STEM_WINDOWS = 94

const [, , name, enginesFolder, sizeName] = process.argv
const engine = findEngine(name)
if (engine === undefined) throw new Error(`no engine “${name}”`)
const { device } = await openEngine(engine, { enginesFolder: enginesFolder || null, hasWindows: false })
const config = { ...relganSizes[sizeName === 'paper' ? 'paper' : 'compact'], emotions: EMOTIONS }
const random = createRandom(1)
const parameters = initializeRelgan(config, random)
const normal = (count: number) => Float32Array.from({ length: count }, () => random.normal())

const stem = await withGenerator(
  config,
  new Map([...parameters].filter(([one]) => isGenerators(one))),
  async (generate) => {
    const maps = normal(2 * CEPSTRA * WINDOW_FRAMES)
    const v = normal(2 * WINDOW_FRAMES * EMOTIONS)
    await generate(normal(2 * CEPSTRA * CROP_FRAMES), 2, normal(2 * CROP_FRAMES * EMOTIONS))
    const gflop = 2 * generatorGflop(config, WINDOW_FRAMES)
    return timed(STEM_WINDOWS / TIMED_WINDOWS, gflop * STEM_WINDOWS, async () => {
      for (let window = 0; window < TIMED_WINDOWS; window++) await generate(maps, 2, v)
    })
  },
)

tell({ device, stem, step: null })

const layout = createParameterLayout(relganShapes(config))
const state = {
  optimizer: createAdamWState(packParameters(layout, parameters)),
  singularVectors: initializeSingularVectors(config, random),
}
const crop = () => normal(CEPSTRA * CROP_FRAMES)
const batch: RelganBatch = {
  frameCount: CROP_FRAMES,
  a: crop(),
  a2: crop(),
  b: crop(),
  c: crop(),
  emotions: [[0, 1, 2]],
  degrees: [0.3],
}
const rates = { generator: 1e-4, discriminator: 1e-4 }
const tensors = memory().numTensors
const step = await timed(1, relganGflopPerStep(config, 1), async () => {
  await relganStep({ config, layout }, state, batch, rates, generatorWeights, 1)
})
tell({ device, stem, step: { ...step, leakedTensors: memory().numTensors - tensors } }, () => process.exit(0))

function tell(figures: RelganFigures, then?: () => void): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`, then)
}

async function timed(times: number, gflop: number, action: () => Promise<void>): Promise<Spent> {
  const startMs = performance.now()
  const before = process.cpuUsage()
  await action()
  const { user, system } = process.cpuUsage(before)
  return {
    sec: (times * (performance.now() - startMs)) / 1000,
    processorSec: (times * (user + system)) / 1e6,
    gflop,
  }
}
