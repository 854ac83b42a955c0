import '@tensorflow/tfjs-backend-cpu'
import { setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { musicTranslationSizes } from '../../../../../src/shared/networks/music-translation/config.ts'
import {
  decoderNameOf,
  musicTranslationNetwork,
  musicTranslationShapes,
  takeDomain,
  withTrainedEncoder,
} from '../../../../../src/shared/networks/music-translation/parameters.ts'
import { startingWavenetWeights } from '../../../../../src/shared/networks/wavenet-autoencoder/initialize.ts'
import { confusedStep } from '../../../../../src/shared/networks/wavenet-autoencoder/training-step.ts'
import { createAdamWState } from '../../../../../src/shared/nn/adamw.ts'
import { packParameters, type StoredParameters } from '../../../../../src/shared/nn/parameters.ts'
import { restoreAveragedState, storeAveragedState } from '../../../../../src/shared/training/averaged-state.ts'
import {
  musicTranslationPlan,
  musicTranslationPlans,
  publishedRates,
  type MusicTranslationPlan,
} from '../../../../../src/shared/training/music-translation/plans.ts'
import {
  createMusicTranslationTrainer,
  type MusicTranslationOptions,
} from '../../../../../src/shared/training/music-translation/trainer.ts'
import { codeSamples, type WaveformClip } from '../../../../../src/shared/training/wavenet-autoencoder/clip.ts'
import { waveformRates } from '../../../../../src/shared/training/wavenet-autoencoder/schedule.ts'

beforeAll(() => setBackend('cpu'))

const { tiny } = musicTranslationSizes
const config = {
  ...tiny,
  encoder: { ...tiny.encoder, layersPerBlock: 2 },
  decoder: { ...tiny.decoder, blocks: 1, layersPerBlock: 3 },
}
const rates = { autoencoder: 2e-2, decay: 0.9, decaySteps: 10, adversaries: 4e-3 }
const plan: MusicTranslationPlan = { ...musicTranslationPlans.tiny, segmentSamples: 64, cropsPerDomain: 1, rates }
const ids = ['flute', 'fiddle']

function clipOf(singerIndex: number, length = 600): WaveformClip {
  const samples = Float32Array.from({ length }, (_, at) => {
    const phase = at / (3 + singerIndex)
    return 0.5 * Math.sin(phase) + 0.4 * singerIndex * Math.sin(2 * phase)
  })
  return { samples, levels: codeSamples(samples), singerIndex, pitch: null }
}
const options: MusicTranslationOptions = {
  domainIds: ids,
  // Two clips of one domain, one short one of the other.
  clips: [clipOf(0), clipOf(0), clipOf(1, 100)],
  heldOut: [clipOf(0, 64), clipOf(1, 64)],
  config,
  plan,
  seed: 4,
  resumeFrom: null,
}

const valuesOf = (parameters: StoredParameters, start: string) =>
  [...parameters].filter(([name]) => name.startsWith(start)).map(([, { values }]) => values)

test('both domains are told better after some steps, and what is held out too', async () => {
  const trainer = createMusicTranslationTrainer(options)
  const before = await trainer.judge()
  const first = await trainer.advance()
  for (let step = 1; step < 6; step++) await trainer.advance()
  const last = await trainer.judge()
  expect(first.reconstruction).toBeGreaterThan(5)
  expect(last.reconstruction).toBeLessThan(before.reconstruction - 0.3)
  expect(Object.keys(last)).toEqual(['reconstruction', 'classifier', 'accuracy'])
})

test('a training that goes on from what was stored ends with the same bytes as one that never stopped', async () => {
  const whole = createMusicTranslationTrainer(options)
  const begun = createMusicTranslationTrainer(options)
  for (let step = 0; step < 2; step++) await whole.advance()
  await begun.advance()
  const { layout } = musicTranslationNetwork(config, ids)
  const stored = restoreAveragedState(storeAveragedState(begun.save()), layout.count)
  if (!stored.ok) return expect.unreachable(stored.failure.message)
  const resumed = createMusicTranslationTrainer({ ...options, resumeFrom: stored.value })
  await resumed.advance()
  expect(resumed.save()).toEqual(whole.save())
  expect(resumed.parameters()).toEqual(whole.parameters())
})

test('every domain learns in every step, however many clips it has', async () => {
  const trainer = createMusicTranslationTrainer(options)
  const before = trainer.parameters()
  await trainer.advance()
  const after = trainer.parameters()
  for (const id of ids)
    expect(valuesOf(after, `${decoderNameOf(id)}/in/weight`)).not.toEqual(
      valuesOf(before, `${decoderNameOf(id)}/in/weight`),
    )
})

test('a step leaves the decoders of domains that it has no clips of as they are, bit for bit', async () => {
  const network = musicTranslationNetwork(config, ids)
  const begun = startingWavenetWeights(musicTranslationShapes(config, ids), createRandom(1))
  const state = createAdamWState(packParameters(network.layout, begun))
  const { weights: before } = createAdamWState(packParameters(network.layout, begun))
  const levels = clipOf(1, 64).levels
  const batch = { sampleCount: 64, target: levels, heard: levels, singerIndices: [1], pitch: null }
  const ones = { autoencoder: 1, adversaries: 1 }
  const options = { rates: { autoencoder: 1e-2, adversaries: 1e-2 }, numbers: ones, clipValue: 1 }
  await confusedStep(network, state, [batch], plan.confusion, options)
  const moved = new Set(
    network.layout.entries
      .filter(({ offset, length }) =>
        state.weights.subarray(offset, offset + length).some((value, i) => value !== before[offset + i]),
      )
      .map(({ name }) =>
        name
          .split('/')
          .slice(0, name.startsWith('domains') ? 2 : 1)
          .join('/'),
      ),
  )
  expect(moved).toEqual(new Set(['encoder', 'classifier', decoderNameOf('fiddle')]))
})

test('the classifier hears the clean clip or the one out of tune, as the plan says', async () => {
  const classifierAfter = async (changes: Partial<typeof plan>) => {
    const trainer = createMusicTranslationTrainer({ ...options, plan: { ...plan, ...changes } })
    await trainer.advance()
    return valuesOf(trainer.parameters(), 'classifier/')
  }
  const clean = await classifierAfter({ classifierHears: 'clean' })
  expect(await classifierAfter({ classifierHears: 'augmented' })).not.toEqual(clean)
  const untouched = await classifierAfter({ isAugmented: false, classifierHears: 'clean' })
  expect(await classifierAfter({ isAugmented: false, classifierHears: 'augmented' })).toEqual(untouched)
})

test('another domain is learned below a trained encoder, which stays as it is, bit for bit', async () => {
  const [, fiddle] = ids
  const trainedOn = createMusicTranslationTrainer(options)
  await trainedOn.advance()
  const domain = takeDomain(trainedOn.parameters(), config, fiddle)
  const fresh = startingWavenetWeights(musicTranslationShapes(config, ['whistle']), createRandom(9))
  for (const startsFromDecoder of [false, true]) {
    const trained = withTrainedEncoder(domain, fresh, 'whistle', startsFromDecoder)
    const trainer = createMusicTranslationTrainer({
      ...options,
      domainIds: ['whistle'],
      clips: [clipOf(0)],
      heldOut: [],
      trained,
    })
    const begun = trainer.parameters()
    expect(valuesOf(begun, decoderNameOf('whistle'))).toEqual(
      startsFromDecoder ? valuesOf(domain, 'decoder/') : valuesOf(fresh, decoderNameOf('whistle')),
    )
    const first = await trainer.advance()
    for (let step = 1; step < 3; step++) await trainer.advance()
    const last = await trainer.advance()
    expect(valuesOf(trainer.parameters(), 'encoder/')).toEqual(valuesOf(trainedOn.parameters(), 'encoder/'))
    expect(last.reconstruction).toBeLessThan(first.reconstruction)
    expect(await trainer.judge()).toEqual({})
  }
})

test('the running mean plays where the plan says so', async () => {
  const [last, mean] = [false, true].map((isAveraged) =>
    createMusicTranslationTrainer({ ...options, plan: { ...plan, isAveraged } }),
  )
  for (const trainer of [last, mean]) for (let step = 0; step < 2; step++) await trainer.advance()
  expect(last.save()).toEqual(mean.save())
  expect(mean.parameters()).not.toEqual(last.parameters())
})

test('batches and rates are those of the published script; shorter trainings end at the same rate', () => {
  expect(musicTranslationPlans.paper).toMatchObject({ cropsPerDomain: 32, segmentSamples: 12_000, clipValue: 1 })
  expect(musicTranslationPlans.paper.confusion.singer).toBe(0.01)
  expect(waveformRates(2000, publishedRates.script).autoencoder).toBeCloseTo(1e-3 * 0.995 ** 2, 12)
  expect(waveformRates(20_000, publishedRates.defaults).autoencoder).toBeCloseTo(1e-4 * 0.98 ** 2, 12)
  const lastRate = ({ stepCount, rates }: typeof plan) => waveformRates(stepCount, rates).autoencoder
  const { preview } = musicTranslationPlans
  expect(lastRate(musicTranslationPlan('preview', 300))).toBeCloseTo(lastRate(preview), 8)
})
