import { setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { prepareWasm } from '../../../../src/main/compute/engines/backend-wasm.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import {
  ENCODER_INPUT_CHANNELS,
  LOW_BAND_COUNT,
  spectralAutoencoderSizes,
} from '../../../../src/shared/networks/spectral-autoencoder/config.ts'
import { confusionShapes, isOfConfusion } from '../../../../src/shared/networks/spectral-autoencoder/confusion.ts'
import {
  initializeParameters,
  initializeShapes,
} from '../../../../src/shared/networks/spectral-autoencoder/initialize.ts'
import { parameterShapes } from '../../../../src/shared/networks/spectral-autoencoder/parameters.ts'
import { lossAndGradient } from '../../../../src/shared/networks/spectral-autoencoder/training-step.ts'
import { createParameterLayout, packParameters } from '../../../../src/shared/nn/parameters.ts'
import { translateBatch } from '../../../../src/shared/training/back-translation.ts'
import { augmentedBatch, plainBatch, type BatchSource } from '../../../../src/shared/training/batch.ts'
import { CROP_FRAMES } from '../../../../src/shared/training/crops.ts'
import { activeClipMean } from '../../../../src/shared/training/normalization.ts'
import { createTrainer } from '../../../../src/shared/training/trainer.ts'
import { createClip } from '../../../support/training-clips.ts'

const clips = [createClip(1, 300), { ...createClip(2, 300), singerIndex: 1 }]
const source: BatchSource = {
  clips,
  clipMeans: clips.map(activeClipMean),
  normalization: { meanShape: new Float32Array(64), spread: 1 },
}
const crops = [0, 1].map((clipIndex) => ({ clipIndex, startFrame: 20, frameCount: CROP_FRAMES }))
const config = spectralAutoencoderSizes.tiny

beforeAll(async () => {
  prepareWasm()
  await setBackend('wasm')
})

function networkOf(confusionWeight: number) {
  const confusion = confusionShapes(config, 2)
  const layout = createParameterLayout(new Map([...parameterShapes(config, 2), ...confusion]))
  const random = createRandom(3)
  const parameters = initializeParameters(config, 2, random)
  const weights = packParameters(layout, new Map([...parameters, ...initializeShapes(confusion, config, 2, random)]))
  return { network: { config, layout, singerCount: 2, confusionWeight }, parameters, weights }
}

test('the classifier learns who sings, and what it learns reaches the encoder turned around, as strongly as λ says', async () => {
  const batch = plainBatch(source, crops)
  const gradientAt = async (confusionWeight: number) => {
    const { network, weights } = networkOf(confusionWeight)
    const isTrained = (name: string) => confusionWeight > 0 || !isOfConfusion(name)
    const { gradient, losses } = await lossAndGradient(network, weights, batch, isTrained)
    const partOf = (prefix: string) =>
      network.layout.entries
        .filter(({ name }) => name.startsWith(prefix))
        .flatMap(({ offset, length }) => Array.from(gradient.subarray(offset, offset + length)))
    return { losses, encoder: partOf('encoder/'), decoder: partOf('decoder/'), classifier: partOf('confusion/') }
  }
  const [none, single, double] = [await gradientAt(0), await gradientAt(0.5), await gradientAt(1)]
  expect(single.losses).toEqual(none.losses)
  single.decoder.forEach((value, index) => expect(value).toBeCloseTo(none.decoder[index], 6))
  single.classifier.forEach((value, index) => expect(double.classifier[index]).toBeCloseTo(value, 6))
  const pull = single.encoder.map((value, index) => value - none.encoder[index])
  expect(Math.max(...pull.map(Math.abs))).toBeGreaterThan(1e-6)
  pull.forEach((value, index) => expect(double.encoder[index] - none.encoder[index]).toBeCloseTo(2 * value, 5))
})

test('a trained network keeps nothing of the classifier', async () => {
  const trainer = createTrainer({
    clips,
    singerCount: 2,
    size: 'tiny',
    plan: { stepCount: 4, checkSteps: 2, patience: 2 },
    seed: 5,
    sampleBandMap: () => null,
    published: { confusionWeight: 0.1, backTranslationShare: 1, reversedShare: 0.5 },
    resumeFrom: null,
  })
  while (!trainer.isFinished) await trainer.advance()
  expect([...trainer.bestParameters().keys()]).toEqual([...parameterShapes(config, 2).keys()])
})

test('back-translation changes what the encoder hears of the words, and nothing else', () => {
  const { network, parameters } = networkOf(0)
  const batch = plainBatch(source, crops)
  const translated = translateBatch(network, parameters, batch, 1, createRandom(1))
  expect({ ...translated, encoderInput: null }).toEqual({ ...batch, encoderInput: null })
  let changed = 0
  batch.encoderInput.forEach((value, index) => {
    if (index % ENCODER_INPUT_CHANNELS < LOW_BAND_COUNT) changed += Number(translated.encoderInput[index] !== value)
    else expect(translated.encoderInput[index]).toBe(value)
  })
  expect(changed).toBeGreaterThan(0)
  expect(translateBatch({ ...network, singerCount: 1 }, parameters, batch, 1, createRandom(1))).toBe(batch)
})

test('a crop that runs backwards holds the same frames, last first', () => {
  const forwards = plainBatch(source, crops)
  const backwards = augmentedBatch({ ...source, reversedShare: 1 }, crops, () => null, createRandom(1))
  const frameOf = (values: Float32Array, width: number, row: number) => values.slice(row * width, (row + 1) * width)
  for (const row of [0, 7, CROP_FRAMES - 1]) {
    const mirrored = CROP_FRAMES - 1 - row
    expect(frameOf(backwards.target, 64, row)).toEqual(frameOf(forwards.target, 64, mirrored))
    expect(frameOf(backwards.encoderInput, ENCODER_INPUT_CHANNELS, row)).toEqual(
      frameOf(forwards.encoderInput, ENCODER_INPUT_CHANNELS, mirrored),
    )
  }
})

test('a crop is heard in another’s reading of the words, and still drawn as its own', () => {
  const frames = Int32Array.from({ length: 300 }, (_, frame) => Math.min(frame + 5, 299))
  const read: BatchSource = {
    ...source,
    clips: [{ ...clips[0], readings: [{ clipIndex: 1, frames }] }, clips[1]],
    readingShare: 1,
  }
  const heard = augmentedBatch(read, [crops[0]], () => null, createRandom(1))
  const own = plainBatch(source, [crops[0]])
  const other = plainBatch(source, [{ ...crops[1], startFrame: crops[1].startFrame + 5 }])
  expect(heard.target).toEqual(own.target)
  expect(heard.singerIndices).toEqual([0])
  expect(heard.encoderInput).toEqual(other.encoderInput)
})
