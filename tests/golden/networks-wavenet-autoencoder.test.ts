import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor2d, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  decoderReach,
  encoderReach,
  wavenetAutoencoderSizes,
  type WavenetAutoencoderConfig,
} from '../../src/shared/networks/wavenet-autoencoder/config.ts'
import {
  classify,
  condition,
  decode,
  encode,
  levelInput,
  regress,
} from '../../src/shared/networks/wavenet-autoencoder/network.ts'
import {
  isAdversarys,
  isIdle,
  wavenetAutoencoderShapes,
} from '../../src/shared/networks/wavenet-autoencoder/parameters.ts'
import { stretchTracks } from '../../src/shared/networks/wavenet-autoencoder/pitch-track.ts'
import { sampleDecoder } from '../../src/shared/networks/wavenet-autoencoder/sample.ts'
import type { WavenetBatch } from '../../src/shared/networks/wavenet-autoencoder/batch.ts'
import {
  adversaryGradient,
  autoencoderGradient,
  publishedConfusion,
} from '../../src/shared/networks/wavenet-autoencoder/gradients.ts'
import { confusedStep, reconstructionStep } from '../../src/shared/networks/wavenet-autoencoder/training-step.ts'
import { createAdamWState } from '../../src/shared/nn/adamw.ts'
import { limitRows } from '../../src/shared/nn/max-norm.ts'
import type { NamedGradient } from '../../src/shared/nn/named-gradient.ts'
import { createParameterLayout, packParameters, toTensors, unpackParameters } from '../../src/shared/nn/parameters.ts'
import { readTensors } from '../../src/shared/nn/scope.ts'
import { expectClose, flat, framesFirst, type Rows } from './networks-arrays.ts'
import { formulaTensors, goldenNetworks, type GoldenGradient, type GoldenShapes } from './networks-fixture.ts'

type Tree = 'encoder' | 'decoder' | 'table' | 'classifier' | 'regressor'
type Gradients = Readonly<Partial<Record<Tree, Readonly<Record<string, GoldenGradient>>>>>
interface Golden {
  readonly scale: number
  readonly tensors: Readonly<Partial<Record<Tree, GoldenShapes>>>
  readonly codes: Rows
  readonly singer: readonly number[]
  readonly pitch: Rows | null
  readonly latents: readonly Rows[]
  readonly logits_at: readonly number[]
  readonly logits: readonly Rows[]
  readonly classifier_logits: Rows
  readonly reconstruction: number
  readonly confusion: number
  readonly pitch_estimate?: Rows
  readonly pitch_loss?: number
  readonly step_a: { readonly loss: number; readonly gradients: Gradients }
  readonly step_b: { readonly loss: number; readonly gradients: Gradients }
  readonly phase2: {
    readonly alpha: readonly number[]
    readonly u: Rows
    readonly uniforms: readonly number[]
    readonly generated: Rows
    readonly generated_logits_at_31: Rows
    readonly latents: readonly Rows[]
    readonly loss: number
    readonly gradients: Gradients
  }
  readonly max_norm: Readonly<Record<'before' | 'after' | 'small' | 'small_after', Rows>>
  readonly field: { readonly encoder: number; readonly decoder: number }
}

beforeAll(() => setBackend('cpu'))

const { tiny } = wavenetAutoencoderSizes
const configs: Readonly<Record<'svc' | 'pitchnet', WavenetAutoencoderConfig>> = {
  svc: { ...tiny, hasPitch: false, classifier: 'pointwise' },
  pitchnet: tiny,
}
const kinds: Readonly<Record<string, string>> = { weight: 'w', bias: 'b' }
const layerNames: Readonly<Record<string, string>> = {
  condition: 'cond',
  residual: 'res',
  'head-condition': 'head.cond',
}

/** Ours to the fixture's. */
function goldenName(name: string): { readonly tree: Tree; readonly name: string } {
  if (name === 'singers/table') return { tree: 'table', name: 'table' }
  const [tree, ...rest] = name.split('/')
  const kind = kinds[rest[rest.length - 1]]
  const inner = rest.slice(0, -1).map((part) => layerNames[part] ?? part.replace('layer', ''))
  const isBlock = tree === 'encoder' && inner.length === 2 && inner[1] === 'out'
  const path = isBlock ? `${inner[0]}.one` : inner.join('.')
  return { tree: tree as Tree, name: `${path}.${kind}` } // the trees that the shapes name
}

/** In the fixture the gate stands before the tangent. */
const isGated = (name: string) => /decoder\/layer\d+\/(conv|condition)\//.test(name)
function exchanged(values: Float32Array): Float32Array {
  const half = values.length / 2
  return Float32Array.from([...values.subarray(half), ...values.subarray(0, half)])
}

describe.each(['svc', 'pitchnet'] as const)('%s', (kind) => {
  const golden = goldenNetworks[kind] as Golden // our own fixture
  const config = configs[kind]
  const layout = createParameterLayout(wavenetAutoencoderShapes(config, 3))
  const network = { config, layout, singerCount: 3 }
  const levels = Uint8Array.from(flat(golden.codes))
  const batch: WavenetBatch = {
    sampleCount: 96,
    target: levels,
    heard: levels,
    singerIndices: golden.singer,
    pitch: golden.pitch && Float32Array.from(flat(golden.pitch)),
  }
  const trees = new Map(
    Object.entries(golden.tensors).map(([tree, shapes]) => [tree, formulaTensors(shapes ?? [], golden.scale)]),
  )
  const weights = packParameters(
    layout,
    new Map(
      layout.entries.map(({ name, storedShape }) => {
        const ours = goldenName(name)
        const values = trees.get(ours.tree)?.get(ours.name) ?? new Float32Array(0)
        return [name, { shape: storedShape, values: isGated(name) ? exchanged(values) : values }]
      }),
    ),
  )

  function expectGradients(gradient: NamedGradient, expected: Gradients) {
    const all = new Float32Array(layout.count)
    for (const { name, offset } of layout.entries) all.set(gradient.get(name) ?? [], offset)
    let compared = 0
    for (const [name, { values }] of unpackParameters(layout, all)) {
      if (!gradient.has(name)) continue
      const ours = goldenName(name)
      const slope = expected[ours.tree]?.[ours.name]
      if (slope === undefined) continue
      compared++
      const own = isGated(name) ? exchanged(values) : values
      expectClose(
        [...own.subarray(0, 5), Math.hypot(...own), 0],
        [...slope.first, slope.norm, 0],
        1e-4 + (slope.norm === 0 ? 1 : 0),
      )
    }
    expect(compared).toBeGreaterThan(5)
  }

  test('latents, logits and what the adversaries say are the reference', async () => {
    const found = await readTensors(() => {
      const parameters = toTensors(layout, weights)
      const x = tensor3d(Float32Array.from(levels, levelInput), [2, 96, 1])
      const z = encode(x, parameters, config)
      const table = unpackParameters(layout, weights).get('singers/table')?.values ?? new Float32Array(0)
      const v = golden.singer.flatMap((singer) => [...table.subarray(3 * singer, 3 * singer + 3)])
      const pitch = batch.pitch && tensor3d(stretchTracks(batch.pitch, 2, 96), [2, 96, 1])
      const logits = decode(x, condition(z, tensor2d(v, [2, 3]), pitch), parameters, config)
      const heard = [z, logits, classify(z, parameters, config)]
      return batch.pitch ? [...heard, regress(z, parameters, 12)] : heard
    })
    const [z, logits, singers, pitch] = found
    expectClose(z, framesFirst(golden.latents), 1e-5)
    const chosen = [0, 1].flatMap((item) =>
      golden.logits_at.flatMap((at) => [...logits.subarray((item * 96 + at) * 256, (item * 96 + at + 1) * 256)]),
    )
    expectClose(chosen, flat(golden.logits), 1e-5)
    expectClose(singers, flat(golden.classifier_logits), 1e-5)
    if (golden.pitch_estimate) expectClose(pitch, flat(golden.pitch_estimate), 1e-5)
  })

  test('the adversaries learn from a latent that stays', async () => {
    const { loss, gradient } = await adversaryGradient(network, weights, batch, publishedConfusion)
    expect(loss).toBeCloseTo(golden.step_a.loss, 5)
    expect([...gradient.keys()].every(isAdversarys)).toBe(true)
    expectGradients(gradient, golden.step_a.gradients)
  })

  test('encoder, decoder and table learn against them, each from its own terms', async () => {
    const confusion = kind === 'svc' ? { ...publishedConfusion, pitch: 0 } : publishedConfusion
    const { loss, losses, gradient } = await autoencoderGradient(network, weights, batch, confusion)
    expect(losses.reconstruction).toBeCloseTo(golden.reconstruction, 4)
    expect(losses.singer).toBeCloseTo(golden.confusion, 5)
    if (golden.pitch_loss !== undefined) expect(losses.pitch).toBeCloseTo(golden.pitch_loss, 5)
    expect(loss).toBeCloseTo(golden.step_b.loss, 4)
    expect([...gradient.keys()].some(isAdversarys)).toBe(false)
    expectGradients(gradient, golden.step_b.gradients)
  })

  if (kind === 'svc') {
    test('one sample at a time, the levels and their logits are the reference', () => {
      const parameters = unpackParameters(layout, weights)
      const { u, uniforms, generated } = golden.phase2
      const latents = golden.latents.map((item) => framesFirst([item]))
      for (const item of [0, 1]) {
        const told = Float32Array.from({ length: 96 * 8 }, (_, i) => {
          const [sample, channel] = [Math.floor(i / 8), i % 8]
          return channel < 5 ? latents[item][Math.floor(sample / 16) * 5 + channel] : u[item][channel - 5]
        })
        let seen: Float64Array | null = null
        const sung = sampleDecoder(
          parameters,
          config,
          { condition: told, sampleCount: 96, uniforms },
          (logits, sample) => (seen = sample === 31 ? logits.slice() : seen),
        )
        expect([...sung]).toEqual(generated[item])
        expectClose(seen ?? [], golden.phase2.generated_logits_at_31[item] as number[], 1e-5)
      }
    })

    test('what another sang is heard, the clip itself is sung: back-translation leaves the classifier alone', async () => {
      const translated = { ...batch, heard: Uint8Array.from(flat(golden.phase2.generated)) }
      const none = { singer: 0, pitch: 0 }
      const { loss, gradient } = await autoencoderGradient(network, weights, translated, none)
      expect(loss).toBeCloseTo(golden.phase2.loss, 4)
      expectGradients(gradient, golden.phase2.gradients)
      const state = createAdamWState(weights)
      const rates = { autoencoder: 1e-3, adversaries: 1e-3 }
      const options = { rates, numbers: { autoencoder: 1, adversaries: 1 }, clipValue: null }
      await reconstructionStep(network, state, [translated], options)
      for (const { name, offset, length } of layout.entries.filter(({ name }) => isAdversarys(name)))
        expect(state.weights.subarray(offset, offset + length), name).toEqual(weights.subarray(offset, offset + length))
    })

    test('a singer longer than one is shortened to one, a shorter one stays', () => {
      const { before, after, small, small_after } = golden.max_norm
      for (const [given, expected] of [
        [before, after],
        [small, small_after],
      ]) {
        const table = Float32Array.from(flat(given))
        limitRows(table, 3, 1)
        expectClose(table, flat(expected), 1e-6)
      }
    })

    test('what an output reads is what the sizes say', () => {
      expect(encoderReach(config)).toBe(golden.field.encoder)
      expect(decoderReach(config)).toBe(golden.field.decoder)
      expect(encoderReach(wavenetAutoencoderSizes.paper)).toBe(6141)
    })
  }
})

test('at paper size encoder and decoder have the published numbers of parameters', () => {
  const count = (config: WavenetAutoencoderConfig, prefix: string) =>
    [...wavenetAutoencoderShapes(config, 12)]
      .filter(([name]) => name.startsWith(prefix))
      .reduce((sum, [, shape]) => sum + shape.reduce((product, size) => product * size, 1), 0)
  const { paper } = wavenetAutoencoderSizes
  expect(count(paper, 'encoder/')).toBe(1_982_528)
  expect(count(paper, 'decoder/')).toBe(5_366_912)
  expect(count({ ...paper, hasPitch: false }, 'decoder/')).toBe(5_356_544)
  expect(count(paper, 'classifier/')).toBe(50_612)
  expect(count(paper, 'regressor/')).toBe(49_501)
})

test('two steps against the adversaries move everything and keep every singer within one', async () => {
  const config = configs.pitchnet
  const layout = createParameterLayout(wavenetAutoencoderShapes(config, 3))
  const weights = Float32Array.from({ length: layout.count }, (_, i) => 0.4 * Math.sin(i * i))
  const state = createAdamWState(weights)
  const levels = Uint8Array.from({ length: 64 }, (_, i) => 128 + 40 * Math.sin(i / 3))
  const batch = {
    sampleCount: 32,
    target: levels,
    heard: levels,
    singerIndices: [0, 2],
    pitch: Float32Array.of(0.2, 0, 0, 0.3),
  }
  const rates = { autoencoder: 1e-2, adversaries: 1e-2 }
  const step = (number: number) => {
    const options = { rates, numbers: { autoencoder: number, adversaries: number }, clipValue: null }
    return confusedStep({ config, layout, singerCount: 3 }, state, [batch], publishedConfusion, options)
  }
  const first = await step(1)
  const second = await step(2)
  expect(second.reconstruction).toBeLessThan(first.reconstruction)
  for (const { name, offset, length } of layout.entries) {
    const moved = state.weights.subarray(offset, offset + length).some((value, i) => value !== weights[offset + i])
    expect(moved, name).toBe(!isIdle(name, config))
  }
  const table = unpackParameters(layout, state.weights).get('singers/table')?.values ?? new Float32Array(0)
  for (let row = 0; row < table.length; row += 3)
    expect(Math.hypot(...table.subarray(row, row + 3))).toBeLessThan(1.000001)
})
