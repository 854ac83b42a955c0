import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor2d, tensor3d, tensor4d, type Scalar } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { toLine, toMap, withAttribute } from '../../../../../src/shared/networks/relgan/generator.ts'
import { initializeRelgan } from '../../../../../src/shared/networks/relgan/initialize.ts'
import {
  discriminatorLosses,
  discriminatorWeights,
  generatorLosses,
  generatorWeights,
  weightedTotal,
  type Crops,
} from '../../../../../src/shared/networks/relgan/losses.ts'
import { relganShapes } from '../../../../../src/shared/networks/relgan/parameters.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../../src/shared/nn/scope.ts'

beforeAll(() => setBackend('cpu'))

const config = { channels: 1, emotions: 3 }
const layout = createParameterLayout(relganShapes(config))
const [B, F, T] = [2, 36, 8]

/** Networks whose weights are all zero: each output is its last layer's bias, whatever comes in. */
function constantNetworks(
  made: number,
  said: { readonly reality: number; readonly between: number; readonly match: number },
) {
  const flat = new Float32Array(layout.count)
  const bias = (name: string, value: number) => {
    const entry = layout.entries.find((one) => one.name === `${name}/bias`)
    flat.fill(value, entry?.offset, (entry?.offset ?? 0) + (entry?.length ?? 0))
  }
  bias('generator/out', made)
  bias('heads/adversarial', said.reality)
  bias('heads/interpolation', said.between)
  bias('heads/matching-out', said.match)
  return toTensors(layout, flat)
}

const filled = (value: number) => tensor3d(new Float32Array(B * F * T).fill(value), [B, F, T])
const attribute = (values: readonly number[]) => tensor2d([...values], [B, 3])

/** A is 1, A2 is 1.5, B and C are far from both. */
const crops = (b = 7, c = -3): Crops => ({
  a: filled(1),
  a2: filled(1.5),
  b: filled(b),
  c: filled(c),
  ab: attribute([-1, 1, 0, 0, -1, 1]),
  bc: attribute([0, -1, 1, 1, 0, -1]),
  ca: attribute([1, 0, -1, -1, 1, 0]),
  partly: attribute([-0.3, 0.3, 0, 0, -0.8, 0.8]),
})

async function numbersOf<Name extends string>(
  compute: () => Readonly<Record<Name, Scalar>>,
): Promise<Record<string, number>> {
  const names: string[] = []
  const found = await readTensors(() => {
    const terms = compute()
    names.push(...Object.keys(terms))
    return Object.values<Scalar>(terms)
  })
  return Object.fromEntries(names.map((name, index) => [name, found[index][0]]))
}

describe('where the generator says 0.25 and the heads 0.4, 0.5 and 0.7', () => {
  const said = { reality: 0.4, between: 0.5, match: 0.7 }

  test('each term of the generator is what one computes by hand', async () => {
    const terms = await numbersOf(() => generatorLosses(crops(), constantNetworks(0.25, said)).terms)
    const expected = {
      adversarial: (0.4 - 1) ** 2,
      backward: 1 - 0.25,
      // |1 − 1.5| over |0.25 − 0.25| + 1e-12
      mode: 0.5 / 1e-12,
      cycle: 0.75,
      identity: 0.75,
      triangle: 0.75,
      conditional: (0.7 - 1) ** 2,
      interpolation: 0.5 ** 2,
    }
    for (const [name, value] of Object.entries(expected)) expect(terms[name] / value, name).toBeCloseTo(1, 5)
  })

  test('each term of the discriminator is what one computes by hand, the degree of each item by itself', async () => {
    const fakes = { whole: filled(0.25), part: filled(0.25) }
    // Degrees 0.3 and 0.8: each is 0.3 and 0.2 from its nearer end.
    const degrees = tensor4d([0.3, 0.2], [B, 1, 1, 1])
    const terms = await numbersOf(() =>
      discriminatorLosses(crops(), fakes, filled(0.25), degrees, constantNetworks(0.25, said)),
    )
    const expected = {
      adversarial: ((0.4 - 1) ** 2 + 0.4 ** 2) / 2,
      interpolation: ((0.5 - 0.3) ** 2 + (0.5 - 0.2) ** 2) / 2 + 0.5 ** 2,
      real: (0.7 - 1) ** 2,
      fake: 0.7 ** 2,
      'wrong-first': 0.7 ** 2,
      'wrong-source': 0.7 ** 2,
      'wrong-target': 0.7 ** 2,
      'wrong-second': 0.7 ** 2,
    }
    for (const [name, value] of Object.entries(expected)) expect(terms[name], name).toBeCloseTo(value, 5)
  })

  test('totals weigh the terms as published', async () => {
    const total = (weights: Readonly<Record<string, number>>, terms: Readonly<Record<string, number>>) =>
      Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * terms[name], 0)
    const networks = constantNetworks(0.25, said)
    const withoutMode = { ...crops(), a2: null }
    const terms = await numbersOf(() => generatorLosses(withoutMode, networks).terms)
    expect(terms['mode']).toBe(0)
    const [[whole]] = await readTensors(() => [
      weightedTotal(generatorLosses(withoutMode, networks).terms, generatorWeights),
    ])
    expect(whole).toBeCloseTo(total(generatorWeights, terms), 4)
    // 1 · 0.36 + 5 · 0.75 + 10 · 0.75 + 10 · 0.75 + 5 · 0.75 + 1 · 0.09 + 10 · 0.25
    expect(whole).toBeCloseTo(25.45, 4)
    // ½(0.36 + 0.16) + 10 · 0.315 + 0.09 + 5 · 0.49
    const degrees = tensor4d([0.3, 0.2], [B, 1, 1, 1])
    const fakes = { whole: filled(0.25), part: filled(0.25) }
    const [[judged]] = await readTensors(() => [
      weightedTotal(discriminatorLosses(crops(), fakes, filled(0.25), degrees, networks), discriminatorWeights),
    ])
    expect(judged).toBeCloseTo(5.95, 4)
  })
})

describe('with weights of a seed', () => {
  const parameters = () => toTensors(layout, packParameters(layout, initializeRelgan(config, createRandom(3))))

  test('the triangle goes through the generator’s own outputs: other clips of B and C change no term', async () => {
    const terms = await numbersOf(() => generatorLosses(crops(7, -3), parameters()).terms)
    const others = await numbersOf(() => generatorLosses(crops(-2, 40), parameters()).terms)
    expect(others).toEqual(terms)
  })

  test('the triangle ends where it began only by all three attributes', async () => {
    const plain = await numbersOf(() => generatorLosses(crops(), parameters()).terms)
    for (const side of ['bc', 'ca'] as const) {
      const bent = { ...crops(), [side]: attribute([0, 0, 0, 0, 0, 0]) }
      const terms = await numbersOf(() => generatorLosses(bent, parameters()).terms)
      expect(terms['triangle']).not.toBe(plain['triangle'])
      expect({ ...terms, triangle: 0 }).toEqual({ ...plain, triangle: 0 })
    }
  })
})

test('a place knows its frequency, its time and its channel on the way to a line and back', async () => {
  const C = 3
  const places = Float32Array.from({ length: B * 9 * 5 * C }, (_, at) => {
    const [b, f, t, c] = [Math.floor(at / (9 * 5 * C)), Math.floor(at / (5 * C)) % 9, Math.floor(at / C) % 5, at % C]
    return 10_000 * b + 1000 * f + 10 * t + c
  })
  const [line, back] = await readTensors(() => {
    const made = toLine(tensor4d(places, [B, 9, 5, C]))
    return [made, toMap(made, C)]
  })
  expect(back).toEqual(places)
  for (let b = 0; b < B; b++)
    for (let t = 0; t < 5; t++)
      for (let f = 0; f < 9; f++)
        for (let c = 0; c < C; c++)
          expect(line[(b * 5 + t) * 9 * C + f * C + c]).toBe(10_000 * b + 1000 * f + 10 * t + c)
})

test('an attribute for the whole is the same at every frame, and one along a curve is its frame’s', async () => {
  const x = filled(2)
  const whole = [1, -1, 0, 0, 1, -1]
  const curve = Array.from({ length: B * T * 3 }, (_, at) => whole[Math.floor(at / (T * 3)) * 3 + (at % 3)])
  const [tiled, framed, moving] = await readTensors(() => [
    withAttribute(x, attribute(whole)),
    withAttribute(x, tensor3d(curve, [B, T, 3])),
    withAttribute(
      x,
      tensor3d(
        Array.from({ length: B * T * 3 }, (_, at) => Math.floor(at / 3) % T),
        [B, T, 3],
      ),
    ),
  ])
  expect(framed).toEqual(tiled)
  // Item 0, cepstrum 5, frame 6: the value, then the attribute of frame 6.
  expect([...moving.subarray((5 * T + 6) * 4, (5 * T + 7) * 4)]).toEqual([2, 6, 6, 6])
})
