import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor2d, tensor3d, type Tensor3D } from '@tensorflow/tfjs-core'
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { spectralAutoencoderSizes } from '../../src/shared/networks/spectral-autoencoder/config.ts'
import { createEncoderFrameWeights, decode, encode } from '../../src/shared/networks/spectral-autoencoder/network.ts'
import { parameterShapes } from '../../src/shared/networks/spectral-autoencoder/parameters.ts'
import { createParameterLayout, packParameters, toTensors } from '../../src/shared/nn/parameters.ts'
import { releasingTensors } from '../../src/shared/nn/scope.ts'
import { formulaParameters } from '../support/tiny-autoencoder.ts'

interface Golden {
  readonly v: number[]
  readonly mu: number[]
  readonly sd: number
  /** [3][T] */
  readonly aux: number[][]
  /** [latent][⌈T/2⌉] */
  readonly z: number[][]
  readonly decoded_every_7: number[][]
  readonly source: { readonly lm: number[][] }
  readonly encoder_input_every_7: number[][]
}
const golden = JSON.parse(readFileSync(new URL('./conversion.json', import.meta.url), 'utf8')) as Golden // our own fixture
const config = spectralAutoencoderSizes.tiny
const T = golden.aux[0].length
/** The network runs on every second frame. */
const powers = golden.source.lm.filter((_, frame) => frame % 2 === 0)

/** Single precision against a reference in double: 1e-4. */
const DIGITS = 4

beforeAll(() => setBackend('cpu'))

function encoderInput(): Float32Array {
  const shapes = powers.map((frame) => {
    const mean = frame.slice(0, 55).reduce((sum, value) => sum + value, 0) / 55
    return frame.map((value) => value - mean)
  })
  const energies = powers.map((frame) =>
    Math.log(frame.slice(0, 55).reduce((sum, value) => sum + Math.exp(value), 0) / 55),
  )
  const sorted = [...energies].sort((a, b) => a - b)
  const position = (sorted.length - 1) * 0.95
  const below = sorted[Math.floor(position)]
  const loud = below + (sorted[Math.ceil(position)] - below) * (position % 1)
  const normalized = shapes.map((frame) => frame.slice(0, 55).map((v, b) => (v - golden.mu[b]) / golden.sd))
  const active = normalized.filter((_, t) => energies[t] > loud - 6.9)
  const mean = golden.mu.slice(0, 55).map((_, b) => active.reduce((sum, frame) => sum + frame[b], 0) / active.length)
  return Float32Array.from(
    normalized.flatMap((frame, t) => [...frame.map((v, b) => v - mean[b]), golden.aux[1][t], golden.aux[2][t]]),
  )
}

function columns(x: Tensor3D): number[][] {
  const [, frames, channels] = x.shape
  const values = x.dataSync()
  return Array.from({ length: channels }, (_, c) => Array.from({ length: frames }, (_, t) => values[t * channels + c]))
}

function parameters() {
  const layout = createParameterLayout(parameterShapes(config, 1))
  return toTensors(layout, packParameters(layout, formulaParameters(golden.v)))
}

function expectClose(found: number[][], expected: number[][]): void {
  expect(found.length).toBe(expected.length)
  found.forEach((row, r) => row.forEach((value, c) => expect(value).toBeCloseTo(expected[r][c], DIGITS)))
}

test('the encoder input made here is that of the reference', () => {
  const x = encoderInput()
  golden.encoder_input_every_7.forEach((row, channel) =>
    row.forEach((value, index) => expect(x[7 * index * 57 + channel]).toBeCloseTo(value, 4)),
  )
})

test('the encoder through tensors equals the reference, over an odd number of frames', () => {
  const x = encoderInput()
  const z = releasingTensors(() =>
    columns(encode(tensor3d(x, [1, T, 57]), createEncoderFrameWeights(x, 1, T), parameters())),
  )
  expectClose(z, golden.z)
})

test('the decoder through tensors equals the reference', () => {
  const aux = Float32Array.from(Array.from({ length: T }, (_, t) => golden.aux.map((row) => row[t])).flat())
  const latent = Float32Array.from(golden.z[0].flatMap((_, t) => golden.z.map((row) => row[t])))
  const decoded = releasingTensors(() =>
    columns(
      decode(
        tensor3d(latent, [1, golden.z[0].length, golden.z.length]),
        tensor2d(golden.v, [1, golden.v.length]),
        tensor3d(aux, [1, T, 3]),
        parameters(),
        config,
      ),
    ),
  )
  expectClose(
    decoded.map((row) => row.filter((_, t) => t % 7 === 0)),
    golden.decoded_every_7,
  )
})
