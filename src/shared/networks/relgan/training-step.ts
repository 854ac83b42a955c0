import { tensor2d, tensor3d, tensor4d, type Tensor3D } from '@tensorflow/tfjs-core'
import { type AdamWOptions, type AdamWState } from '../../nn/adamw.ts'
import { namedGradient, updateNamed, type NamedGradient } from '../../nn/named-gradient.ts'
import { toTensors, type ParameterLayout, type TensorsByName } from '../../nn/parameters.ts'
import { readTensors } from '../../nn/scope.ts'
import { powerIteration, spectralNorm, type SpectralEstimate } from '../../nn/spectral-norm.ts'
import { CEPSTRA, type RelganConfig } from './config.ts'
import {
  discriminatorLosses,
  discriminatorWeights,
  generatorLosses,
  generatorWeights,
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
  updateNamed(network.layout, state.optimizer, made.gradient, rates.generator, stepNumber, ADAM)
  updateNamed(network.layout, state.optimizer, judged.gradient, rates.discriminator, stepNumber, ADAM)
  return { ...made.losses, ...judged.losses }
}

/** All terms of both networks on a batch that nobody learns from, as `relganStep` names them; without their totals. */
export async function relganLosses(
  { config, layout }: RelganNetwork,
  { optimizer, singularVectors }: RelganState,
  batch: RelganBatch,
): Promise<RelganLosses> {
  // A look at the vectors must not move them.
  const held = { optimizer, singularVectors: new Map([...singularVectors].map(([name, v]) => [name, v.slice()])) }
  const estimates = iterateEstimates({ config, layout }, held)
  const made = await readTensors(() => {
    const parameters = withSpectralNorm(toTensors(layout, optimizer.weights), estimates)
    const { terms, fakes } = generatorLosses(toCrops(config, batch), parameters)
    return [...Object.values(terms), fakes.whole, fakes.part, fakes.same]
  })
  const names = Object.keys(generatorWeights)
  const [whole, part, same] = made.slice(names.length)
  const judged = await readTensors(() => {
    const parameters = withSpectralNorm(toTensors(layout, optimizer.weights), estimates)
    const { crops, fakes, ends, degrees } = judgedInputs(config, batch, { whole, part, same })
    return Object.values(discriminatorLosses(crops, fakes, ends, degrees, parameters))
  })
  return {
    ...namedLosses('generator', names, made),
    ...namedLosses('discriminator', Object.keys(discriminatorWeights), judged),
  }
}

/** What the generator made of a batch, as data: [B × cepstra × T] each. */
export interface MadeFakes {
  readonly whole: Float32Array
  readonly part: Float32Array
  readonly same: Float32Array
}

type Estimates = ReadonlyMap<string, SpectralEstimate>

/** The generator's terms and its gradient by name; the discriminator is a given thing. */
export async function generatorGradient(
  { config, layout }: RelganNetwork,
  weights: Float32Array,
  batch: RelganBatch,
  termWeights: GeneratorWeights,
  estimates: Estimates,
): Promise<{ readonly losses: RelganLosses; readonly gradient: NamedGradient; readonly fakes: MadeFakes }> {
  const names = Object.keys(termWeights)
  const { loss, gradient, more } = await namedGradient(layout, weights, isGenerators, (parameters) => {
    const judging = withSpectralNorm(parameters, estimates)
    const crops = toCrops(config, batch)
    return (trained) => {
      const { terms, fakes } = generatorLosses(crops, withJudges(trained, judging))
      return {
        loss: weightedTotal(terms, termWeights),
        more: [...Object.values(terms), fakes.whole, fakes.part, fakes.same],
      }
    }
  })
  const [whole, part, same] = more.slice(names.length)
  const losses = { 'generator/total': loss, ...namedLosses('generator', names, more) }
  return { losses, gradient, fakes: { whole, part, same } }
}

/** The discriminator's terms and its gradient by name; what the generator made is data. */
export async function discriminatorGradient(
  { config, layout }: RelganNetwork,
  weights: Float32Array,
  batch: RelganBatch,
  fakes: MadeFakes,
  estimates: Estimates,
): Promise<{ readonly losses: RelganLosses; readonly gradient: NamedGradient }> {
  const names = Object.keys(discriminatorWeights)
  const isJudges = (name: string) => !isGenerators(name)
  const { loss, gradient, more } = await namedGradient(layout, weights, isJudges, () => {
    const given = judgedInputs(config, batch, fakes)
    return (trained) => {
      const judging = withSpectralNorm(trained, estimates)
      const terms = discriminatorLosses(given.crops, given.fakes, given.ends, given.degrees, judging)
      return { loss: weightedTotal(terms, discriminatorWeights), more: Object.values(terms) }
    }
  })
  return { losses: { 'discriminator/total': loss, ...namedLosses('discriminator', names, more) }, gradient }
}

function judgedInputs(config: RelganConfig, batch: RelganBatch, fakes: MadeFakes) {
  const degrees = batch.degrees.map((a) => Math.min(a, 1 - a))
  return {
    crops: toCrops(config, batch),
    fakes: { whole: toMap(fakes.whole, batch), part: toMap(fakes.part, batch) },
    ends: toMap(nearerEnds(fakes, batch), batch),
    degrees: tensor4d(degrees, [degrees.length, 1, 1, 1]),
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

/** The generator's own parameters, and the discriminator's as they judge. */
const withJudges = (trained: TensorsByName, judging: TensorsByName): TensorsByName =>
  new Map([...trained].map(([name, value]) => [name, isGenerators(name) ? value : (judging.get(name) ?? value)]))

const namedLosses = (owner: string, terms: readonly string[], numbers: readonly Float32Array[]): RelganLosses =>
  Object.fromEntries(terms.map((term, index) => [`${owner}/${term}`, numbers[index][0]]))
