import { expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { drawMasks } from '../../../../../src/shared/training/wavenet-autoencoder/masks.ts'
import { byEpochs, waveformPlans } from '../../../../../src/shared/training/wavenet-autoencoder/plans.ts'
import {
  isTranslationDue,
  stepsPerEpoch,
  waveformRates,
} from '../../../../../src/shared/training/wavenet-autoencoder/schedule.ts'

const { paper } = waveformPlans

test('rates, batches and both phases are the published ones', () => {
  expect(paper).toMatchObject({ stepCount: 300_000, batchSize: 8, segmentSamples: 16_000, dropout: 0.2 })
  expect(paper.confusion).toEqual({ singer: 0.01, pitch: 0.1 })
  expect(waveformRates(999, paper.rates)).toEqual({ autoencoder: 1e-3, adversaries: 1e-3 })
  expect(waveformRates(3500, paper.rates).autoencoder).toBeCloseTo(1e-3 * 0.98 ** 3, 12)
})

test('96 seconds are sung anew at 200,000 steps and every 2,000 from there, or after every third epoch', () => {
  const { translation } = paper
  if (translation === null) throw new Error('the published training has two phases')
  expect(translation).toMatchObject({ segments: 96, segmentSamples: 16_000, temperature: 1 })
  const due = (steps: readonly number[], plan = translation) => steps.filter((step) => isTranslationDue(step, plan, 7))
  expect(due([0, 2000, 199_999, 200_000, 200_001, 202_000, 203_000])).toEqual([200_000, 202_000])
  const epochs = byEpochs(paper).translation
  expect(due([199_979, 200_000, 200_007, 200_021, 200_042], epochs ?? translation)).toEqual([200_000, 200_021, 200_042])
})

test('an epoch is every clip in every way that it is turned', () => {
  const clips = [32_000, 8000].map((length) => ({ levels: new Uint8Array(length), singerIndex: 0, pitch: null }))
  expect(stepsPerEpoch(clips, { ...paper, batchSize: 2 })).toBe(5)
  expect(stepsPerEpoch(clips, { ...paper, batchSize: 2, isAugmented: false })).toBe(2)
})

test('shorter trainings end at the published rate', () => {
  const last = ({ stepCount, rates }: typeof paper) => waveformRates(stepCount, rates).autoencoder
  for (const [size, plan] of Object.entries(waveformPlans)) {
    // Of its few steps hardly one would be left to learn in: the preview's rate falls by twenty.
    if (size === 'preview') expect(last(plan) / plan.rates.autoencoder).toBeCloseTo(1 / 20, 2)
    else expect(last(plan) / last(paper)).toBeCloseTo(1, 1)
    expect((plan.translation?.startStep ?? 0) / plan.stepCount).toBeCloseTo(2 / 3, 2)
  }
})

test('of the latent a fifth is dropped, and what is left grows for it', () => {
  const masks = drawMasks(createRandom(1), 20_000, 0.2)
  if (masks === null) return expect.unreachable()
  const { classifier, regressor } = masks
  expect([...new Set(classifier)].sort()).toEqual([0, 1.25])
  expect(classifier.reduce((sum, factor) => sum + factor, 0) / 20_000).toBeCloseTo(1, 1)
  expect(regressor).not.toEqual(classifier)
  expect(drawMasks(createRandom(1), 10, 0)).toBeNull()
})
