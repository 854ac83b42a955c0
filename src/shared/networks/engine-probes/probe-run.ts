import { valueAndGrads, type Tensor } from '@tensorflow/tfjs-core'
import { createRandom } from '../../base/random.ts'
import { adamWStep, clipNorm, createAdamWState, type AdamWOptions, type AdamWState } from '../../nn/adamw.ts'
import { createParameterLayout, toTensors, type ParameterLayout } from '../../nn/parameters.ts'
import { readTensors } from '../../nn/scope.ts'
import type { EngineProbe, ProbeData } from './probe.ts'

/** Everything that decides how a probe goes on: taken from one engine, it goes on on another. */
export interface ProbeState {
  /** Steps done. */
  readonly step: number
  readonly optimizer: AdamWState
}

export interface ProbeRun {
  /** Before each update. */
  readonly losses: readonly number[]
  readonly state: ProbeState
}

const ADAMW: AdamWOptions = { beta1: 0.9, beta2: 0.98, epsilon: 1e-8, decay: 1e-4 }
const RATE = 3e-3
const GRADIENT_NORM_LIMIT = 1

/**
 * Trains a probe on the engine that is set.
 * @param from a state of the same probe and seed; null begins
 */
export async function runProbe(
  probe: EngineProbe,
  seed: number,
  stepCount: number,
  from: ProbeState | null = null,
): Promise<ProbeRun> {
  const layout = createParameterLayout(probe.shapes)
  const optimizer = copyOf(from?.optimizer ?? createAdamWState(initialWeights(layout, seed)))
  const losses: number[] = []
  let step = from?.step ?? 0
  for (const end = step + stepCount; step < end; step++) {
    const { loss, gradient } = await probeGradient(probe, layout, optimizer.weights, seed, step)
    clipNorm(gradient, GRADIENT_NORM_LIMIT)
    adamWStep(optimizer, gradient, RATE, step + 1, ADAMW)
    probe.constrain?.(viewsOf(layout, optimizer.weights))
    losses.push(loss)
  }
  return { losses, state: { step, optimizer } }
}

/** The loss of one step, and its gradient in the layout's order. */
export async function probeGradient(
  probe: EngineProbe,
  layout: ParameterLayout,
  weights: Float32Array,
  seed: number,
  step: number,
): Promise<{ readonly loss: number; readonly gradient: Float32Array }> {
  const names = layout.entries.map(({ name }) => name)
  const [loss, ...gradients] = await readTensors(() => {
    const parameters = toTensors(layout, weights)
    const { value, grads } = valueAndGrads((...trained: Tensor[]) => {
      const byName = new Map(names.map((name, index) => [name, trained[index]]))
      return probe.loss(byName, dataOf(seed, step), viewsOf(layout, weights))
    })([...parameters.values()])
    return [value, ...grads]
  })
  const gradient = new Float32Array(layout.count)
  layout.entries.forEach(({ offset }, index) => gradient.set(gradients[index], offset))
  return { loss: loss[0], gradient }
}

/** Uniform within ±1/√(numbers per output), biases like one of ten. */
export function initialWeights(layout: ParameterLayout, seed: number): Float32Array {
  const random = createRandom(seed)
  const weights = new Float32Array(layout.count)
  for (const { storedShape, offset, length } of layout.entries) {
    const bound = storedShape.length === 1 ? 0.1 : Math.sqrt(storedShape[0] / length)
    for (let i = 0; i < length; i++) weights[offset + i] = bound * (2 * random.uniform() - 1)
  }
  return weights
}

/** Far apart, so that no two steps of any two seeds draw the same. */
const SEED_STRIDE = 100_003

function dataOf(seed: number, step: number): ProbeData {
  const random = createRandom(seed * SEED_STRIDE + step + 1)
  return { random, normal: (count) => Float32Array.from({ length: count }, () => random.normal()) }
}

const viewsOf = (layout: ParameterLayout, flat: Float32Array): ReadonlyMap<string, Float32Array> =>
  new Map(layout.entries.map(({ name, offset, length }) => [name, flat.subarray(offset, offset + length)]))

const copyOf = ({ weights, firstMoment, secondMoment }: AdamWState): AdamWState => ({
  weights: weights.slice(),
  firstMoment: firstMoment.slice(),
  secondMoment: secondMoment.slice(),
})
