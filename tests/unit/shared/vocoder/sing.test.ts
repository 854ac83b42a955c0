import { expect, test } from 'vitest'
import { concatenated } from '../../../../src/shared/base/concatenated.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { scratchInMemory } from '../../../../src/shared/base/scratch.ts'
import { plainKernels } from '../../../../src/shared/kernels/kernels.ts'
import { BANDS, FEATURES, sourceFilterSizes } from '../../../../src/shared/networks/source-filter/config.ts'
import { initializeSourceFilter } from '../../../../src/shared/networks/source-filter/initialize.ts'
import { createRestoring } from '../../../../src/shared/vocoder/envelope-filter.ts'
import { renderExcitation } from '../../../../src/shared/vocoder/excitation.ts'
import { codedEnvelopeOf } from '../../../../src/shared/vocoder/features.ts'
import { mixedExcitation } from '../../../../src/shared/vocoder/mixed-source.ts'
import type { VocoderModel } from '../../../../src/shared/vocoder/vocoder-model.ts'
import { compiledKernels } from '../../../support/compiled-kernel.ts'
import { tinyFlowVocoder, tinyParallelVocoder, tinyWavenetVocoder } from '../../../support/tiny-vocoder.ts'
import { withEnvelope } from '../../../../src/shared/vocoder/sing.ts'

const kernels = await compiledKernels()
const COUNT = 80 * 60 - 17
const f0 = Float64Array.from({ length: 60 }, (_, frame) => (frame < 12 || frame > 48 ? 0 : 150 + frame))
/** A vowel with a little breath. */
const breath = createRandom(9)
const x = Float64Array.from({ length: COUNT }, (_, n) => {
  let sum = 0.01 * breath.normal()
  for (let k = 1; k < 45; k++)
    sum += (0.1 / (1 + ((k * 170 - 700) / 900) ** 2)) * Math.sin((2 * Math.PI * k * 170 * n) / 16_000)
  return sum
})
const features = { f0, bands: new Float32Array(60 * BANDS).fill(-12), cepstra: codedEnvelopeOf(x, f0, plainKernels) }
const config = sourceFilterSizes.tiny
const model: VocoderModel = {
  network: 'source-filter',
  config,
  parameters: initializeSourceFilter(config, createRandom(4)),
  normal: { mean: new Float32Array(FEATURES), spread: new Float32Array(FEATURES).fill(1) },
}

test.each([
  ['source-filter', model],
  ['flow', tinyFlowVocoder],
  ['wavenet', tinyWavenetVocoder],
  ['parallel-wavenet', tinyParallelVocoder],
])('chunks of any length of a %s give the bits of the whole, and every sample', (_, model) => {
  const sung = (chunkFrames: number, seed = 7) =>
    concatenated([...renderExcitation(model, features, { sampleCount: COUNT, seed, chunkFrames, kernels })])
  const whole = sung(1000)
  expect(whole).toHaveLength(COUNT)
  for (const frames of [1, 7, 30, 59]) expect(sung(frames), `${frames} frames`).toEqual(whole)
  expect(sung(1000, 8)).not.toEqual(whole)
})

test.each([
  ['flow', tinyFlowVocoder],
  ['wavenet', tinyWavenetVocoder],
  ['parallel-wavenet', tinyParallelVocoder],
])('a %s without noise sings what its condition alone says, the same for every seed', (_, model) => {
  const still = (seed: number) =>
    concatenated([...renderExcitation(model, features, { sampleCount: COUNT, seed, noiseGain: 0, kernels })])
  expect(still(1)).toEqual(still(2))
  expect(still(1).some((value) => value !== 0)).toBe(true)
})

test('what a flow hums while it is told nothing can be taken off, and other kinds have no hum', () => {
  const sung = (model: VocoderModel, denoise: number) =>
    concatenated([
      ...renderExcitation(model, features, { sampleCount: COUNT, seed: 7, noiseGain: 0.05, denoise, kernels }),
    ])
  const powerOf = (sound: Float32Array) => sound.reduce((sum, value) => sum + value * value, 0)
  // Fresh biases are zeros, which hum nothing.
  const biased = [...tinyFlowVocoder.parameters].map(
    ([name, { shape, values }]) =>
      [name, { shape, values: name.endsWith('/bias') ? values.map((_, at) => 0.3 - 0.2 * (at % 4)) : values }] as const,
  )
  const humming = { ...tinyFlowVocoder, parameters: new Map(biased) }
  const [plain, without] = [sung(humming, 0), sung(humming, 1)]
  expect(without).toHaveLength(COUNT)
  expect(powerOf(without)).toBeLessThan(0.7 * powerOf(plain))
  expect(sung(model, 1)).toEqual(sung(model, 0))
})

test('the envelope is put back the same way whatever pieces the excitation comes in', () => {
  const excitation = concatenated([...renderExcitation(model, features, { sampleCount: COUNT, seed: 7 })])
  const finished = (pieces: Iterable<Float32Array>) =>
    concatenated([...withEnvelope(pieces, COUNT, features, plainKernels, scratchInMemory)])
  const whole = finished([excitation])
  expect(whole).toHaveLength(COUNT)
  expect(finished(renderExcitation(model, features, { sampleCount: COUNT, seed: 7, chunkFrames: 9 }))).toEqual(whole)
})

test('after its correction a copy’s envelope is nearer to the wanted one', () => {
  const excitation = Float32Array.from(mixedExcitation(features, { sampleCount: COUNT, seed: 3 }))
  const corrected = concatenated([...withEnvelope([excitation], COUNT, features, plainKernels, scratchInMemory)])
  const distance = (sound: Float32Array) =>
    codedEnvelopeOf(Float64Array.from(sound), f0, plainKernels).reduce(
      (sum, value, index) => sum + (value - features.cepstra[index]) ** 2,
      0,
    )
  const once = Float32Array.from(createRestoring(features.cepstra).apply(Float64Array.from(excitation)))
  expect(distance(corrected)).toBeLessThan(0.8 * distance(once))
})

test('pulses and noise together have power 1, voiced or not', () => {
  const mixed = mixedExcitation(features, { sampleCount: COUNT, seed: 3 })
  const power = (from: number, to: number) =>
    mixed.subarray(from * 80, to * 80).reduce((sum, value) => sum + value * value, 0) / ((to - from) * 80)
  expect(Math.abs(power(15, 45) - 1)).toBeLessThan(0.15)
  expect(Math.abs(power(2, 10) - 1)).toBeLessThan(0.2)
})
