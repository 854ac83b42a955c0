import { memory, setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../../../../src/main/compute/engines/engine-wasm.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { plainKernels } from '../../../../../src/shared/kernels/kernels.ts'
import { flowVocoderSizes } from '../../../../../src/shared/networks/flow-vocoder/config.ts'
import { BANDS, sourceFilterSizes } from '../../../../../src/shared/networks/source-filter/config.ts'
import { parallelWavenetSizes } from '../../../../../src/shared/networks/parallel-wavenet-vocoder/config.ts'
import { wavenetVocoderSizes } from '../../../../../src/shared/networks/wavenet-vocoder/config.ts'
import { createVocoderClip } from '../../../../../src/shared/training/vocoder/clip.ts'
import { vocoderPlans, vocoderRate } from '../../../../../src/shared/training/vocoder/plans.ts'
import { averageShare } from '../../../../../src/shared/training/weight-average.ts'
import { splitPeople, splitPeopleLike } from '../../../../../src/shared/training/vocoder/split.ts'
import {
  restoreAveragedState,
  storeAveragedState,
  type AveragedState,
} from '../../../../../src/shared/training/averaged-state.ts'
import { createVocoderTrainer } from '../../../../../src/shared/training/vocoder/trainer.ts'
import { tinyWavenetVocoder } from '../../../../support/tiny-vocoder.ts'
import { codedEnvelopeOf } from '../../../../../src/shared/vocoder/features.ts'

beforeAll(async () => {
  await wasmEngine.load({ enginesFolder: null, hasWindows: false })
  await setBackend('wasm')
})

/** A buzz with a little noise: what the network has to find in its pulses. */
function clipOf(person: string, hz: number) {
  const random = createRandom(hz)
  const f0 = new Float64Array(61).fill(hz)
  const x = Float64Array.from({ length: 4800 }, (_, n) => {
    const turns = (n * hz) / 16_000
    return 0.3 * Math.sin(2 * Math.PI * turns) + 0.2 * Math.sin(6 * Math.PI * turns) + 0.02 * random.normal()
  })
  const bands = new Float32Array(61 * BANDS).fill(-20)
  return createVocoderClip(person, x, { f0, bands, cepstra: codedEnvelopeOf(x, f0, plainKernels) })
}

const options = {
  clips: [clipOf('ann', 180), clipOf('ben', 120)],
  heldOut: [clipOf('eve', 150)],
  network: 'source-filter' as const,
  config: sourceFilterSizes.tiny,
  plan: vocoderPlans['source-filter'].tiny,
  teacher: null,
  seed: 3,
}

const flowOptions = {
  ...options,
  network: 'flow' as const,
  config: flowVocoderSizes.tiny,
  plan: vocoderPlans.flow.tiny,
}

const wavenetOptions = {
  ...options,
  network: 'wavenet' as const,
  config: wavenetVocoderSizes.tiny,
  plan: vocoderPlans.wavenet.tiny,
}

const studentOptions = {
  ...options,
  network: 'parallel-wavenet' as const,
  config: parallelWavenetSizes.tiny,
  plan: vocoderPlans['parallel-wavenet'].tiny,
  teacher: tinyWavenetVocoder,
}

const kinds = [
  ['source-filter', (resumeFrom: AveragedState | null) => createVocoderTrainer({ ...options, resumeFrom })],
  ['flow', (resumeFrom: AveragedState | null) => createVocoderTrainer({ ...flowOptions, resumeFrom })],
  ['wavenet', (resumeFrom: AveragedState | null) => createVocoderTrainer({ ...wavenetOptions, resumeFrom })],
  ['parallel-wavenet', (resumeFrom: AveragedState | null) => createVocoderTrainer({ ...studentOptions, resumeFrom })],
] as const

test.each(kinds)(
  'a %s training that goes on from what was stored ends with the same bytes as one that never stopped',
  async (_, open) => {
    const before = memory().numTensors
    const whole = open(null)
    for (let step = 0; step < 4; step++) await whole.advance()
    const first = open(null)
    for (let step = 0; step < 2; step++) await first.advance()
    const saved = first.save()
    const restored = restoreAveragedState(storeAveragedState(saved), saved.average.length)
    if (!restored.ok) throw new Error(restored.failure.message)
    const rest = open(restored.value)
    for (let step = 2; step < 4; step++) await rest.advance()
    expect(rest.save()).toEqual(whole.save())
    expect(await rest.judge()).toBe(await whole.judge())
    expect(memory().numTensors).toBe(before)
  },
)

test('who is held out is nearer after a dozen steps', async () => {
  const trainer = createVocoderTrainer({ ...options, resumeFrom: null })
  const begun = (await trainer.judge()) ?? 0
  while (trainer.step < options.plan.stepCount) await trainer.advance()
  expect((await trainer.judge()) ?? Infinity).toBeLessThan(0.9 * begun)
})

const likelier = [
  ['flow', 0.05, () => createVocoderTrainer({ ...flowOptions, heldOut: options.clips, resumeFrom: null })],
  ['wavenet', 0.03, () => createVocoderTrainer({ ...wavenetOptions, heldOut: options.clips, resumeFrom: null })],
] as const

test.each(likelier)('a %s finds likelier what it learns from, step by step', async (_, nats, open) => {
  const trainer = open()
  const begun = (await trainer.judge()) ?? 0
  for (let step = 0; step < 40; step++) await trainer.advance()
  expect((await trainer.judge()) ?? Infinity).toBeLessThan(begun - nats)
})

test('a student is nearer to its teacher and to who is held out after a dozen steps, told what its teacher is told', async () => {
  const normal = {
    mean: tinyWavenetVocoder.normal.mean.map((_, at) => at / 10),
    spread: tinyWavenetVocoder.normal.spread,
  }
  const trainer = createVocoderTrainer({
    ...studentOptions,
    teacher: { ...tinyWavenetVocoder, normal },
    resumeFrom: null,
  })
  const begun = (await trainer.judge()) ?? 0
  while (trainer.step < studentOptions.plan.stepCount) await trainer.advance()
  expect((await trainer.judge()) ?? Infinity).toBeLessThan(0.99 * begun)
  expect(trainer.model().normal).toBe(normal)
})

test('whom a teacher did not learn from its student does not either; where none of them is here, some are chosen anew', () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  expect(splitPeopleLike(['e', 'z', 'b'], names, createRandom(1))).toEqual(new Set(['b', 'e']))
  expect(splitPeopleLike(['z'], names, createRandom(1))).toEqual(splitPeople(names, createRandom(1)))
  expect(splitPeopleLike(names, names, createRandom(1)).size).toBe(1)
})

test('a state of another size is refused', () => {
  const stored = storeAveragedState(createVocoderTrainer({ ...options, resumeFrom: null }).save())
  expect(restoreAveragedState(stored, 7).ok).toBe(false)
})

test('whole people are held out, one of eight, the same ones for a seed, and nobody of three', () => {
  const names = Array.from({ length: 16 }, (_, index) => `p${index}`)
  const heldOut = splitPeople([...names, ...names], createRandom(1))
  expect(heldOut.size).toBe(2)
  expect(splitPeople(names.toReversed(), createRandom(1))).toEqual(heldOut)
  expect(splitPeople(['a', 'b', 'c'], createRandom(1)).size).toBe(0)
})

test('the rate rises for a hundred steps and falls over the last two fifths; the average forgets its beginning', () => {
  const plan = { stepCount: 1000, peakRate: 2e-3 }
  expect(vocoderRate(0, plan)).toBeCloseTo(2e-5)
  expect(vocoderRate(500, plan)).toBe(2e-3)
  expect(vocoderRate(800, plan)).toBeCloseTo(1e-3)
  expect(averageShare(0)).toBe(0.1)
  expect(averageShare(1e5)).toBe(0.999)
})
