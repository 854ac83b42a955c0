import '@tensorflow/tfjs-backend-wasm'
import { setBackend, tensor2d, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  features,
  judgeInterpolation,
  judgeMatch,
  judgeReality,
} from '../../src/shared/networks/relgan/discriminator.ts'
import { generate } from '../../src/shared/networks/relgan/generator.ts'
import { generatorWeights } from '../../src/shared/networks/relgan/losses.ts'
import { isGenerators, relganShapes } from '../../src/shared/networks/relgan/parameters.ts'
import {
  discriminatorGradient,
  generatorGradient,
  relganStep,
  type RelganBatch,
} from '../../src/shared/networks/relgan/training-step.ts'
import { channelMean } from '../../src/shared/nn/mean.ts'
import { createAdamWState } from '../../src/shared/nn/adamw.ts'
import { createParameterLayout, packParameters, toTensors, unpackParameters } from '../../src/shared/nn/parameters.ts'
import { readTensors } from '../../src/shared/nn/scope.ts'
import { expectClose, flat } from './networks-arrays.ts'
import { formulaTensors, goldenNetworks, type GoldenGradient, type GoldenShapes } from './networks-fixture.ts'

type Numbers = number | readonly Numbers[]
interface Golden {
  readonly tensors: Readonly<Record<'generator' | 'trunk' | 'heads', GoldenShapes>>
  readonly fake_every_5_9: Numbers
  readonly fake_norm: number
  readonly trunk_norm: number
  readonly adv: Numbers
  readonly interp: Numbers
  readonly match_ab: Numbers
  readonly terms: Readonly<Record<string, number>>
  readonly total: number
  readonly d_terms: Readonly<Record<string, number>>
  readonly d_total: number
  readonly step_g: { readonly gradients: Readonly<Record<string, GoldenGradient>> }
  readonly step_d: { readonly gradients: Readonly<Record<'trunk' | 'heads', Readonly<Record<string, GoldenGradient>>>> }
}
const golden = goldenNetworks.relgan as Golden // our own fixture

const config = { channels: 4, emotions: 3 }
const layout = createParameterLayout(relganShapes(config))
const network = { config, layout }
const estimates = new Map()

/** Ours to the fixture's: a layer and its gate are one weight there are two of. */
const headNames: Readonly<Record<string, string>> = {
  adversarial: 'adv',
  interpolation: 'interp',
  matching: 'match',
  'matching-out': 'match.out',
}
const kinds: Readonly<Record<string, string>> = { weight: 'w', bias: 'b', gain: 'gain', offset: 'offset' }

function goldenNames(name: string): {
  readonly tree: 'generator' | 'trunk' | 'heads'
  readonly names: readonly string[]
} {
  const [tree, ...rest] = name.split('/')
  const kind = kinds[rest[rest.length - 1]]
  const layer = rest.slice(0, -1).join('.').replace('block', '')
  const base = tree === 'heads' ? headNames[layer] : layer
  const owner = tree as 'generator' | 'trunk' | 'heads' // the three that `relganShapes` names
  const gated = golden.tensors[owner].some(([other]) => other === `${base}.gate.${kind}`)
  return { tree: owner, names: gated ? [`${base}.${kind}`, `${base}.gate.${kind}`] : [`${base}.${kind}`] }
}

function goldenWeights(): Float32Array {
  const trees = {
    generator: formulaTensors(golden.tensors.generator),
    trunk: formulaTensors(golden.tensors.trunk),
    heads: formulaTensors(golden.tensors.heads),
  }
  const stored = new Map(
    layout.entries.map(({ name, storedShape }) => {
      const { tree, names } = goldenNames(name)
      const values = Float32Array.from(names.flatMap((one) => [...(trees[tree].get(one) ?? [])]))
      return [name, { shape: storedShape, values: name.endsWith('/gain') ? values.map((gain) => 1 + gain) : values }]
    }),
  )
  return packParameters(layout, stored)
}

const map = (k: number) =>
  Float32Array.from({ length: 2 * 36 * 128 }, (_, i) => {
    const [b, h, t] = [Math.floor(i / 4608), Math.floor(i / 128) % 36, i % 128]
    return Math.sin(0.3 + 0.11 * h + 0.07 * t + 1.3 * b + 2 * k) * Math.cos(0.013 * h * t + k)
  })
const batch: RelganBatch = {
  frameCount: 128,
  a: map(0),
  a2: map(1),
  b: map(2),
  c: map(3),
  emotions: [
    [0, 1, 2],
    [1, 2, 0],
  ],
  degrees: [0.3, 0.8],
}
const weights = goldenWeights()
const norm = (values: Float32Array) => Math.hypot(...values)

beforeAll(() => setBackend('wasm'))

/** The slope of an absolute difference near zero is a matter of rounding, through six networks and back. */
const GRADIENT_TOLERANCE = 2e-3

test('what generator, trunk and heads give is the reference', async () => {
  const [fake, trunk, adversarial, interpolation, match] = await readTensors(() => {
    const parameters = toTensors(layout, weights)
    const a = tensor3d(batch.a, [2, 36, 128])
    const v = tensor2d([-1, 1, 0, 0, -1, 1], [2, 3])
    const seen = features(a, parameters)
    const other = features(tensor3d(batch.b, [2, 36, 128]), parameters)
    return [
      generate(a, v, parameters),
      seen,
      judgeReality(seen, parameters),
      channelMean(judgeInterpolation(seen, parameters)),
      judgeMatch(seen, other, v, parameters),
    ]
  })
  const everyFifthAndNinth = [...fake].filter((_, i) => (Math.floor(i / 128) % 36) % 5 === 0 && (i % 128) % 9 === 0)
  expectClose(everyFifthAndNinth, flat(golden.fake_every_5_9), 2e-5)
  expect(norm(fake)).toBeCloseTo(golden.fake_norm, 3)
  expect(norm(trunk)).toBeCloseTo(golden.trunk_norm, 3)
  expectClose(adversarial, flat(golden.adv), 2e-5)
  expectClose(interpolation, flat(golden.interp), 2e-5)
  expectClose(match, flat(golden.match_ab), 2e-5)
})

describe('losses and gradients', () => {
  const goldenTerms: Readonly<Record<string, string>> = {
    interpolation: 'interp',
    'wrong-first': 'w1',
    'wrong-source': 'w2',
    'wrong-target': 'w3',
    'wrong-second': 'w4',
  }
  function expectTerms(
    found: Readonly<Record<string, number>>,
    owner: string,
    expected: Readonly<Record<string, number>>,
  ) {
    for (const [name, value] of Object.entries(found)) {
      const term = name.slice(owner.length + 1)
      if (term !== 'total') expect(value / expected[goldenTerms[term] ?? term], name).toBeCloseTo(1, 4)
    }
  }

  function expectGradients(
    gradient: ReadonlyMap<string, Float32Array>,
    expectedOf: (tree: 'generator' | 'trunk' | 'heads') => Readonly<Record<string, GoldenGradient>>,
  ) {
    const all = new Float32Array(layout.count)
    for (const { name, offset } of layout.entries) all.set(gradient.get(name) ?? [], offset)
    let compared = 0
    for (const [name, { values }] of unpackParameters(layout, all)) {
      if (!gradient.has(name)) continue
      const { tree, names } = goldenNames(name)
      names.forEach((goldenName, part) => {
        const expected = expectedOf(tree)[goldenName]
        if (expected === undefined) return
        compared++
        const length = values.length / names.length
        const own = values.subarray(part * length, (part + 1) * length)
        // A bias before a norm has no gradient: rounding only.
        if (expected.norm === 0) expect(norm(own), goldenName).toBeLessThan(5e-3)
        else {
          expectClose([norm(own)], [expected.norm], GRADIENT_TOLERANCE)
          expectClose([...own.subarray(0, 5), 0], [...expected.first, 0], GRADIENT_TOLERANCE)
        }
      })
    }
    expect(compared).toBeGreaterThan(20)
  }

  test('every term of the generator is the reference, and so is its gradient', async () => {
    const { losses, gradient } = await generatorGradient(network, weights, batch, generatorWeights, estimates)
    expectTerms({ ...losses }, 'generator', golden.terms)
    expect(losses['generator/total']).toBeCloseTo(golden.total, 3)
    expect([...gradient.keys()].every(isGenerators)).toBe(true)
    expectGradients(gradient, () => golden.step_g.gradients)
  })

  test('every term of the discriminator is the reference, and so is its gradient', async () => {
    const { fakes } = await generatorGradient(network, weights, batch, generatorWeights, estimates)
    const { losses, gradient } = await discriminatorGradient(network, weights, batch, fakes, estimates)
    expectTerms(losses, 'discriminator', golden.d_terms)
    expect(losses['discriminator/total']).toBeCloseTo(golden.d_total, 4)
    expect([...gradient.keys()].some(isGenerators)).toBe(false)
    expectGradients(gradient, (tree) => (tree === 'generator' ? {} : golden.step_d.gradients[tree]))
  })

  test('a step of one network leaves the other bit for bit', async () => {
    for (const rates of [
      { generator: 1e-3, discriminator: 0 },
      { generator: 0, discriminator: 1e-3 },
    ]) {
      const optimizer = createAdamWState(weights)
      await relganStep(network, { optimizer, singularVectors: new Map() }, batch, rates, generatorWeights, 1)
      for (const { name, offset, length } of layout.entries) {
        const isSame = optimizer.weights
          .subarray(offset, offset + length)
          .every((value, index) => value === weights[offset + index])
        expect(isSame, name).toBe(isGenerators(name) ? rates.generator === 0 : rates.discriminator === 0)
      }
    }
  })
})
