import {
  add,
  fill,
  neg,
  onesLike,
  zerosLike,
  type Scalar,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core'
import { meanDistance, ratio } from '../../nn/distance.ts'
import { scaled, totalOf } from '../../nn/join.ts'
import { channelMean, meanSquare } from '../../nn/mean.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { features, judgeInterpolation, judgeMatch, judgeReality } from './discriminator.ts'
import { generate } from './generator.ts'

/** A batch as tensors: crops of three emotions, and what lies between them. */
export interface Crops {
  /** [B, cepstra, T]: a clip of the first emotion, another of the same, one of the second, one of the third. */
  readonly a: Tensor3D
  /** Null where an emotion has a single clip: then nothing is said of the modes. */
  readonly a2: Tensor3D | null
  readonly b: Tensor3D
  readonly c: Tensor3D
  /** [B, K]: the second less the first, the third less the second, the first less the third. */
  readonly ab: Tensor2D
  readonly bc: Tensor2D
  readonly ca: Tensor2D
  /** [B, K]: `ab` times each item's own degree. */
  readonly partly: Tensor2D
}

/** What the generator makes of a batch and the discriminator judges: [B, cepstra, T] each. */
export interface Fakes {
  /** G(A, v) */
  readonly whole: Tensor3D
  /** G(A, a · v), per item its own degree a. */
  readonly part: Tensor3D
  /** G(A, 0) */
  readonly same: Tensor3D
}

/** Least-squares losses by name; every expectation is a mean over items and places. */
export type GeneratorTerms = Readonly<Record<keyof GeneratorWeights, Scalar>>
export type GeneratorWeights = Readonly<
  Record<
    'adversarial' | 'backward' | 'mode' | 'cycle' | 'identity' | 'triangle' | 'conditional' | 'interpolation',
    number
  >
>
export type DiscriminatorTerms = Readonly<Record<keyof typeof discriminatorWeights, Scalar>>

export const generatorWeights: GeneratorWeights = {
  adversarial: 1,
  backward: 5,
  mode: 1,
  cycle: 10,
  identity: 10,
  triangle: 5,
  conditional: 1,
  interpolation: 10,
}
export const discriminatorWeights = {
  adversarial: 1,
  interpolation: 10,
  real: 1,
  fake: 1,
  'wrong-first': 1,
  'wrong-source': 1,
  'wrong-target': 1,
  'wrong-second': 1,
} as const

/** All terms of the generator, from one set of its outputs. The triangle goes through three emotions and back. */
export function generatorLosses(
  crops: Crops,
  parameters: TensorsByName,
): { readonly terms: GeneratorTerms; readonly fakes: Fakes } {
  const { a, a2, ab, bc, ca, partly } = crops
  const G = (x: Tensor3D, v: Tensor2D) => generate(x, v, parameters)
  const fakes = { whole: G(a, ab), part: G(a, partly), same: G(a, zerosLike(ab)) }
  const seen = features(fakes.whole, parameters)
  const match = judgeMatch(features(a, parameters), seen, ab, parameters)
  const between = channelMean(judgeInterpolation(features(fakes.part, parameters), parameters))
  return {
    fakes,
    terms: {
      adversarial: towards(1, judgeReality(seen, parameters)),
      backward: meanDistance(a, G(fakes.part, neg(partly))),
      mode: a2 === null ? zero() : ratio(meanDistance(a, a2), meanDistance(fakes.whole, G(a2, ab))),
      cycle: meanDistance(a, G(fakes.whole, neg(ab))),
      identity: meanDistance(a, fakes.same),
      triangle: meanDistance(a, G(G(fakes.whole, bc), ca)),
      conditional: towards(1, match),
      interpolation: towards(0, between),
    },
  }
}

/**
 * All terms of the discriminator; the fakes are given things to it.
 * @param ends [B, cepstra, T]: per item the end of the interpolation that its degree is nearer to: `same` or `whole`
 * @param degrees [B, 1, 1, 1]: how far each item's part is from its nearer end, min(a, 1 − a)
 */
export function discriminatorLosses(
  crops: Crops,
  fakes: Pick<Fakes, 'whole' | 'part'>,
  ends: Tensor3D,
  degrees: Tensor4D,
  parameters: TensorsByName,
): DiscriminatorTerms {
  const F = (x: Tensor3D) => features(x, parameters)
  const [a, b, c, whole] = [F(crops.a), F(crops.b), F(crops.c), F(fakes.whole)]
  const between = (seen: Tensor4D) => channelMean(judgeInterpolation(seen, parameters))
  const match = (before: Tensor4D, after: Tensor4D, v: Tensor2D) => judgeMatch(before, after, v, parameters)
  const part = between(F(fakes.part))
  const { ab } = crops
  return {
    adversarial: scaled(
      totalOf([towards(1, judgeReality(b, parameters)), towards(0, judgeReality(whole, parameters))]),
      0.5,
    ),
    interpolation: totalOf([meanSquare(part, spread(degrees, part)), towards(0, between(F(ends)))]),
    real: towards(1, match(a, b, ab)),
    fake: towards(0, match(a, whole, ab)),
    'wrong-first': towards(0, match(c, b, ab)),
    'wrong-source': towards(0, match(a, b, neg(crops.bc))),
    'wrong-target': towards(0, match(a, b, neg(crops.ca))),
    'wrong-second': towards(0, match(a, c, ab)),
  }
}

/** Σ weight · term. */
export const weightedTotal = <Name extends string>(
  terms: Readonly<Record<Name, Scalar>>,
  weights: Readonly<Record<Name, number>>,
): Scalar => totalOf(Object.keys(terms).map((name) => scaled(terms[name as Name], weights[name as Name]))) // its own keys

const towards = (target: 0 | 1, map: Tensor4D): Scalar => meanSquare(map, target === 0 ? zerosLike(map) : onesLike(map))

/** One number per item at every place of a map. */
const spread = (perItem: Tensor4D, map: Tensor4D): Tensor4D => add<Tensor4D>(zerosLike(map), perItem)
const zero = (): Scalar => fill([], 0)
