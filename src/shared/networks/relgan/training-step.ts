import {
  keep,
  tensor2d,
  tensor3d,
  tensor4d,
  valueAndGrads,
  type Scalar,
  type Tensor,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { assert } from '../../base/assert.ts'
import { adamWStep, type AdamWOptions, type AdamWState } from '../../nn/adamw.ts'
import { toTensors, type ParameterLayout, type TensorsByName } from '../../nn/parameters.ts'
import { readTensors } from '../../nn/scope.ts'
import { powerIteration, spectralNorm, type SpectralEstimate } from '../../nn/spectral-norm.ts'
import { CEPSTRA, type RelganConfig } from './config.ts'
import {
  discriminatorLosses,
  discriminatorWeights,
  generatorLosses,
  weightedTotal,
  type Crops,
  type GeneratorWeights,
} from './losses.ts'
import { isGenerators } from './parameters.ts'

/** What one step learns from. Items follow each other, each [cepstra × T], normalized by the statistics of its emotion. */
export interface RelganBatch {
  readonly frameCount: number
  readonly a: Float32Array
  /** Null where some emotion has a single clip. */
  readonly a2: Float32Array | null
  readonly b: Float32Array
  readonly c: Float32Array
  /** Per item three different emotions: of `a`, `b` and `c`. */
  readonly emotions: readonly (readonly [number, number, number])[]
  /** Per item how much of the change is made, 0…1. */
  readonly degrees: readonly number[]
}

export interface RelganNetwork {
  readonly config: RelganConfig
  /** Of `relganShapes`. */
  readonly layout: ParameterLayout
}

export interface RelganState {
  readonly optimizer: AdamWState
  /** The running singular vector of every weight of the discriminator, by name; empty for no spectral norm. */
  readonly singularVectors: ReadonlyMap<string, Float32Array>
}

export interface RelganRates {
  readonly generator: number
  readonly discriminator: number
}

/** Means of the terms before the update, `generator/cycle` and so on, unweighted, and both weighted totals. */
export type RelganLosses = Readonly<Record<string, number>>

const ADAM: AdamWOptions = { beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decay: 0 }

/**
 * One update of the generator, then one of the discriminator on what the generator had made before its update.
 * In place; each update leaves the other's weights bit for bit.
 * @param stepNumber 1 for the first
 */
export async function relganStep(
  network: RelganNetwork,
  state: RelganState,
  batch: RelganBatch,
  rates: RelganRates,
  weights: GeneratorWeights,
  stepNumber: number,
): Promise<RelganLosses> {
  const estimates = iterateEstimates(network, state)
  const made = await generatorGradient(network, state.optimizer.weights, batch, weights, estimates)
  const judged = await discriminatorGradient(network, state.optimizer.weights, batch, made.fakes, estimates)
  update(network, state.optimizer, made.gradient, isGenerators, rates.generator, stepNumber)
  update(network, state.optimizer, judged.gradient, (name) => !isGenerators(name), rates.discriminator, stepNumber)
  return { ...made.losses, ...judged.losses }
}

/** What the generator made of a batch, as data: [B × cepstra × T] each. */
export interface MadeFakes {
  readonly whole: Float32Array
  readonly part: Float32Array
  readonly same: Float32Array
}

type Gradient = ReadonlyMap<string, Float32Array>
type Estimates = ReadonlyMap<string, SpectralEstimate>

/** The generator's terms and its gradient by name; the discriminator is a given thing. */
export async function generatorGradient(
  network: RelganNetwork,
  weights: Float32Array,
  batch: RelganBatch,
  termWeights: GeneratorWeights,
  estimates: Estimates,
): Promise<{ readonly losses: RelganLosses; readonly gradient: Gradient; readonly fakes: MadeFakes }> {
  const names = namesOf(network, isGenerators)
  const terms = Object.keys(termWeights)
  const numbers = await readTensors(() => {
    const parameters = toTensors(network.layout, weights)
    const judging = withSpectralNorm(parameters, estimates)
    const crops = toCrops(network.config, batch)
    let kept: Tensor[] = []
    const { value, grads } = valueAndGrads((...trained: Tensor[]) => {
      const { terms, fakes } = generatorLosses(crops, withTrained(judging, names, trained))
      kept = [...Object.values(terms), fakes.whole, fakes.part, fakes.same].map((one) => keep(one))
      return weightedTotal(terms, termWeights)
    })(names.map((name) => tensorOf(parameters, name)))
    return [value, ...kept, ...grads]
  })
  const [[total], ...rest] = numbers
  const [whole, part, same] = rest.slice(terms.length)
  return {
    losses: { 'generator/total': total, ...namedLosses('generator', terms, rest) },
    fakes: { whole, part, same },
    gradient: byName(names, rest.slice(terms.length + 3)),
  }
}

/** The discriminator's terms and its gradient by name; what the generator made is data. */
export async function discriminatorGradient(
  network: RelganNetwork,
  weights: Float32Array,
  batch: RelganBatch,
  fakes: MadeFakes,
  estimates: Estimates,
): Promise<{ readonly losses: RelganLosses; readonly gradient: Gradient }> {
  const names = namesOf(network, (name) => !isGenerators(name))
  const terms = Object.keys(discriminatorWeights)
  const numbers = await readTensors(() => {
    const parameters = toTensors(network.layout, weights)
    const crops = toCrops(network.config, batch)
    const made = { whole: toMap(fakes.whole, batch), part: toMap(fakes.part, batch) }
    const ends = toMap(nearerEnds(fakes, batch), batch)
    const degrees = batch.degrees.map((a) => Math.min(a, 1 - a))
    const perItem = tensor4d(degrees, [degrees.length, 1, 1, 1])
    let kept: Tensor[] = []
    const { value, grads } = valueAndGrads((...trained: Tensor[]) => {
      const judging = withSpectralNorm(withTrained(parameters, names, trained), estimates)
      const terms = discriminatorLosses(crops, made, ends, perItem, judging)
      kept = Object.values(terms).map((one: Scalar) => keep(one))
      return weightedTotal(terms, discriminatorWeights)
    })(names.map((name) => tensorOf(parameters, name)))
    return [value, ...kept, ...grads]
  })
  const [[total], ...rest] = numbers
  return {
    losses: { 'discriminator/total': total, ...namedLosses('discriminator', terms, rest) },
    gradient: byName(names, rest.slice(terms.length)),
  }
}

/** Per item the fake that its degree is nearer to: nothing changed under a half, else the whole change. */
function nearerEnds({ whole, same }: MadeFakes, { degrees }: RelganBatch): Float32Array {
  const length = whole.length / degrees.length
  const ends = Float32Array.from(whole)
  degrees.forEach((degree, item) => {
    if (degree < 0.5) ends.set(same.subarray(item * length, (item + 1) * length), item * length)
  })
  return ends
}

function toCrops({ emotions: K }: RelganConfig, batch: RelganBatch): Crops {
  const B = batch.emotions.length
  const difference = (from: 0 | 1 | 2, to: 0 | 1 | 2, scale: (item: number) => number = () => 1) => {
    const v = new Float32Array(B * K)
    batch.emotions.forEach((three, item) => {
      v[item * K + three[to]] += scale(item)
      v[item * K + three[from]] -= scale(item)
    })
    return tensor2d(v, [B, K])
  }
  return {
    a: toMap(batch.a, batch),
    a2: batch.a2 && toMap(batch.a2, batch),
    b: toMap(batch.b, batch),
    c: toMap(batch.c, batch),
    ab: difference(0, 1),
    bc: difference(1, 2),
    ca: difference(2, 0),
    partly: difference(0, 1, (item) => batch.degrees[item]),
  }
}

const toMap = (values: Float32Array, { frameCount, degrees }: RelganBatch): Tensor3D =>
  tensor3d(values, [degrees.length, CEPSTRA, frameCount])

function withSpectralNorm(parameters: TensorsByName, estimates: Estimates): TensorsByName {
  return new Map(
    [...parameters].map(([name, value]) => {
      const estimate = estimates.get(name)
      return [name, estimate ? spectralNorm(value, estimate) : value]
    }),
  )
}

/** One power iteration for each weight; the vectors of the state move along. */
function iterateEstimates({ layout }: RelganNetwork, { optimizer, singularVectors }: RelganState): Estimates {
  const estimates = new Map<string, SpectralEstimate>()
  for (const { name, shape, offset, length } of layout.entries) {
    const vector = singularVectors.get(name)
    if (!vector) continue
    const weight = optimizer.weights.subarray(offset, offset + length)
    const estimate = powerIteration(weight, shape[shape.length - 1], vector)
    vector.set(estimate.left)
    estimates.set(name, estimate)
  }
  return estimates
}

function update(
  { layout }: RelganNetwork,
  state: AdamWState,
  gradient: Gradient,
  isOwn: (name: string) => boolean,
  rate: number,
  stepNumber: number,
): void {
  for (const { name, offset, length } of layout.entries) {
    if (!isOwn(name)) continue
    const slope = gradient.get(name)
    assert(slope !== undefined, `the gradient of ${name} is missing`)
    const part = (values: Float32Array) => values.subarray(offset, offset + length)
    const entry = {
      weights: part(state.weights),
      firstMoment: part(state.firstMoment),
      secondMoment: part(state.secondMoment),
    }
    adamWStep(entry, slope, rate, stepNumber, ADAM)
  }
}

const namesOf = ({ layout }: RelganNetwork, isOwn: (name: string) => boolean): readonly string[] =>
  layout.entries.map(({ name }) => name).filter(isOwn)

const withTrained = (parameters: TensorsByName, names: readonly string[], trained: readonly Tensor[]): TensorsByName =>
  new Map([...parameters, ...names.map((name, index) => [name, trained[index]] as const)])

const byName = (names: readonly string[], numbers: readonly Float32Array[]): Gradient =>
  new Map(names.map((name, index) => [name, numbers[index]]))

const namedLosses = (owner: string, terms: readonly string[], numbers: readonly Float32Array[]): RelganLosses =>
  Object.fromEntries(terms.map((term, index) => [`${owner}/${term}`, numbers[index][0]]))

function tensorOf(parameters: TensorsByName, name: string): Tensor {
  const found = parameters.get(name)
  assert(found !== undefined, `parameter ${name} is missing`)
  return found
}
