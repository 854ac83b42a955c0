import '@tensorflow/tfjs-backend-wasm'
import { memory, setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { prepareWasm } from '../../../../../src/main/compute/engines/backend-wasm.ts'
import { CancelledError } from '../../../../../src/shared/base/errors.ts'
import {
  wavenetAutoencoderSizes,
  type WavenetAutoencoderConfig,
} from '../../../../../src/shared/networks/wavenet-autoencoder/config.ts'
import {
  isAdversarys,
  wavenetAutoencoderShapes,
} from '../../../../../src/shared/networks/wavenet-autoencoder/parameters.ts'
import { createParameterLayout } from '../../../../../src/shared/nn/parameters.ts'
import type { WaveformClip } from '../../../../../src/shared/training/wavenet-autoencoder/clip.ts'
import { waveformPlans, type WaveformPlan } from '../../../../../src/shared/training/wavenet-autoencoder/plans.ts'
import {
  restoreWaveformState,
  storeWaveformState,
} from '../../../../../src/shared/training/wavenet-autoencoder/stored-state.ts'
import {
  createWaveformTrainer,
  type WaveformTrainer,
  type WaveformTrainerOptions,
} from '../../../../../src/shared/training/wavenet-autoencoder/trainer.ts'
import { unseenSong, withNewSinger } from '../../../../../src/shared/training/wavenet-autoencoder/tuning.ts'
import { singPlainly } from '../../../../support/plain-segments.ts'

beforeAll(async () => {
  prepareWasm()
  await setBackend('wasm')
})

const config = wavenetAutoencoderSizes.tiny
const layoutOf = (singers: number) => createParameterLayout(wavenetAutoencoderShapes(config, singers))

/** A tone of a singer's own shape, of any length. */
function clipOf(singerIndex: number, length: number): WaveformClip {
  return {
    singerIndex,
    levels: Uint8Array.from({ length }, (_, at) => 128 + Math.round(90 * Math.sin((at * (2 + singerIndex)) / 9))),
    pitch: Float32Array.from({ length: Math.floor(length / 2) }, (_, at) =>
      at % 20 < 15 ? 0.1 * (singerIndex + 1) : 0,
    ),
  }
}
const clips = [clipOf(0, 400), clipOf(1, 300), clipOf(1, 50)]
/** Two batches of three readings before the second step, and again before the fourth. */
const plan: WaveformPlan = {
  ...waveformPlans.tiny,
  stepCount: 4,
  batchSize: 3,
  segmentSamples: 64,
  translation: { startStep: 1, every: { steps: 2 }, segments: 5, segmentSamples: 32, temperature: 1 },
}
const options: WaveformTrainerOptions = {
  clips,
  heldOut: [clipOf(0, 96), clipOf(1, 64)],
  singerCount: 2,
  config,
  plan,
  seed: 6,
  sing: singPlainly,
  resumeFrom: null,
}

async function kindsOf(trainer: WaveformTrainer, updates: number): Promise<string[]> {
  const kinds: string[] = []
  for (let update = 0; update < updates; update++)
    kinds.push('translation' in (await trainer.advance()) ? 'translated' : 'confused')
  return kinds
}

test('phase 2 comes between the steps of phase 1 as its schedule says, and the training ends', async () => {
  const trainer = createWaveformTrainer(options)
  const kinds = await kindsOf(trainer, 8)
  const round = ['translated', 'translated', 'confused', 'confused']
  expect(kinds).toEqual(['confused', ...round, ...round.slice(0, 3)])
  expect(trainer.step).toBe(4)
  expect(trainer.isFinished).toBe(true)
})

/** What small sizes have beyond the published ones, and the noise that their decoders are led by. */
const small: WavenetAutoencoderConfig = {
  ...config,
  encoder: { ...config.encoder, strides: [4, 2] },
  notes: 3,
  lagTaps: 5,
}
const smallOptions: WaveformTrainerOptions = { ...options, config: small, plan: { ...plan, pastNoise: 4 } }

describe('a training that goes on', () => {
  test.each([
    ['published', options],
    ['small', smallOptions],
  ])('is the one that never stopped, byte for byte, from any place in either phase: %s', async (_, options) => {
    const layout = createParameterLayout(wavenetAutoencoderShapes(options.config, 2))
    const before = memory().numTensors
    const whole = createWaveformTrainer(options)
    const places = []
    for (let update = 0; update < 5; update++) {
      places.push(storeWaveformState(whole.save()))
      await whole.advance()
    }
    expect(places[2].record).toMatch(/"crops":\[\{/)
    const end = storeWaveformState(whole.save())
    for (const [done, place] of [...places.entries()].slice(1)) {
      const restored = restoreWaveformState(place, layout)
      if (!restored.ok) throw new Error(restored.failure.message)
      const resumed = createWaveformTrainer({ ...options, resumeFrom: restored.value })
      for (let update = done; update < 5; update++) await resumed.advance()
      expect(storeWaveformState(resumed.save())).toEqual(end)
    }
    expect(memory().numTensors).toBe(before)
  })

  test('is refused from a state of another size, or one that lost its readings', async () => {
    const trainer = createWaveformTrainer(options)
    await kindsOf(trainer, 2)
    const stored = storeWaveformState(trainer.save())
    expect(restoreWaveformState(stored, layoutOf(3))).toMatchObject({
      ok: false,
      failure: { code: 'checkpoint-invalid' },
    })
    const arrays = new Map([...stored.arrays].filter(([name]) => !name.startsWith('translations/')))
    expect(restoreWaveformState({ ...stored, arrays }, layoutOf(2)).ok).toBe(false)
    expect(restoreWaveformState({ ...stored, record: '{"step":1.5}' }, layoutOf(2)).ok).toBe(false)
  })

  test('begins its round of phase 2 anew where that was cancelled', async () => {
    const sing = vi.fn(singPlainly)
    sing.mockImplementationOnce(() => Promise.reject(new CancelledError()))
    const trainer = createWaveformTrainer({ ...options, sing })
    await trainer.advance()
    const before = storeWaveformState(trainer.save())
    await expect(trainer.advance()).rejects.toThrow(CancelledError)
    expect(storeWaveformState(trainer.save())).toEqual(before)
    await trainer.advance()
    expect(sing.mock.calls[1]).toEqual(sing.mock.calls[0])
  })
})

test('what is sung for phase 2 are crops by voices between their own singer’s and another’s', async () => {
  const sing = vi.fn(singPlainly)
  const trainer = createWaveformTrainer({ ...options, sing })
  await kindsOf(trainer, 2)
  const [[{ rows, segmentFrames, held, pitch, parameters }]] = sing.mock.calls
  expect(segmentFrames).toEqual([2, 2, 2, 2, 2])
  expect(held).toHaveLength(10 * config.latent)
  expect(pitch).toHaveLength(10 * config.hop)
  const table = parameters.get('singers/table')?.values ?? new Float32Array(0)
  const [own, other] = [table.subarray(0, 3), table.subarray(3)]
  const shares = [0, 1, 2, 3, 4].map((segment) => (rows[3 * segment] - other[0]) / (own[0] - other[0]))
  shares.forEach((share, segment) => {
    expect(share).toBeGreaterThanOrEqual(0)
    expect(share).toBeLessThanOrEqual(1)
    expect(rows[3 * segment + 1]).toBeCloseTo(share * own[1] + (1 - share) * other[1], 5)
  })
  expect(new Set(shares).size).toBe(5)
})

test('mixtures are told the notes of the crops that they sing, and how long their periods are', async () => {
  const sing = vi.fn(singPlainly)
  const trainer = createWaveformTrainer({ ...smallOptions, sing })
  await kindsOf(trainer, 2)
  const [[{ held, lags }]] = sing.mock.calls
  const notes = Array.from({ length: 10 }, (_, frame) => [...held.subarray(frame * 8 + 5, frame * 8 + 8)])
  // No latent of these clips is wholly unvoiced, and both pitches lie above the highest of three notes.
  for (const told of notes) expect(told).toEqual([0, 0, 1])
  expect(new Set(lags)).toEqual(new Set([0, 80, 45]))
})

test('phase 2 teaches the adversaries nothing, and a single singer has none', async () => {
  const trainer = createWaveformTrainer(options)
  await trainer.advance()
  const before = trainer.save().optimizer.weights
  await trainer.advance()
  const after = trainer.save().optimizer.weights
  for (const { name, offset, length } of layoutOf(2).entries.filter(({ name }) => isAdversarys(name)))
    expect(after.subarray(offset, offset + length), name).toEqual(before.subarray(offset, offset + length))
  const alone = createWaveformTrainer({ ...options, clips: clips.slice(0, 1), heldOut: [], singerCount: 1 })
  expect(await kindsOf(alone, 3)).toEqual(['confused', 'confused', 'confused'])
  expect(await alone.judge()).toEqual({})
})

test('losses come by name, of the crops and of what was held out; every singer stays within one', async () => {
  const rates = { ...plan.rates, autoencoder: 0.2 }
  const trainer = createWaveformTrainer({ ...options, plan: { ...plan, rates } })
  expect(Object.keys(await trainer.advance())).toEqual(['reconstruction', 'classifier', 'accuracy', 'regressor'])
  const judged = await trainer.judge()
  expect(judged.reconstruction).toBeGreaterThan(0)
  expect([0, 1, 2, 3]).toContain(Math.round(3 * judged.accuracy))
  const { shape, values } = trainer.parameters().get('singers/table') ?? { shape: [0, 0], values: new Float32Array(0) }
  for (let row = 0; row < shape[0]; row++)
    expect(Math.hypot(...values.subarray(3 * row, 3 * row + 3))).toBeLessThan(1.00001)
})

test('numbers beyond all bounds stop the training with the reason, at the state that was saved last', async () => {
  const trainer = createWaveformTrainer({ ...options, plan: { ...plan, rates: { ...plan.rates, autoencoder: 1e30 } } })
  const saved = storeWaveformState(trainer.save())
  const learn = async () => {
    for (let update = 0; update < 8; update++) await trainer.advance()
  }
  await expect(learn()).rejects.toMatchObject({ failure: { code: 'training-diverged' } })
  expect(storeWaveformState(trainer.save())).toEqual(saved)
})

describe('one singer more', () => {
  const base = createWaveformTrainer(options).parameters()
  const parameters = withNewSinger(base, config, 9)
  const enrolled = { ...options, clips: [...clips, clipOf(2, 200)], singerCount: 3 }

  test('begins between all others', () => {
    const [own, longer] = [base, parameters].map((found) => found.get('singers/table')?.values ?? new Float32Array(0))
    expect(longer.subarray(0, 6)).toEqual(own)
    for (const at of [0, 1, 2]) expect(longer[6 + at]).toBeCloseTo((own[at] + own[3 + at]) / 2, 6)
    expect(parameters.get('classifier/out/weight')?.shape).toEqual([3, 7, 1])
    expect(parameters.get('encoder/in/weight')).toEqual(base.get('encoder/in/weight'))
  })

  test('learns a row first, then bends the decoder; all else stays, bit for bit', async () => {
    const stages = [
      { steps: 1, trained: 'row', rate: 1e-2 },
      { steps: 1, trained: 'decoder', rate: 1e-4 },
    ] as const
    const trainer = createWaveformTrainer({ ...enrolled, tuning: { parameters, stages, newItems: 3 } })
    const changed = () =>
      [...trainer.parameters()]
        .filter(([name, { values }]) => values.some((value, i) => value !== parameters.get(name)?.values[i]))
        .map(([name]) => name)
    expect(Object.keys(await trainer.advance())).toEqual(['reconstruction'])
    expect(changed()).toEqual(['singers/table'])
    const row = trainer.parameters().get('singers/table')?.values.subarray(0, 6)
    expect(row).toEqual(parameters.get('singers/table')?.values.subarray(0, 6))
    await trainer.advance()
    expect(changed().every((name) => name === 'singers/table' || name.startsWith('decoder/'))).toBe(true)
    expect(changed().length).toBeGreaterThan(10)
    expect(trainer.isFinished).toBe(true)
  })

  test('may be a song that nobody learned from, one item of each batch', async () => {
    const { stages, batchSize, newItems } = unseenSong
    expect(stages[0].rate).toBeCloseTo(2.33e-6, 8)
    const tuned = { ...enrolled, plan: { ...plan, batchSize }, tuning: { parameters, stages, newItems } }
    const trainer = createWaveformTrainer(tuned)
    await trainer.advance()
    expect(trainer.parameters().get('encoder/in/weight')).not.toEqual(base.get('encoder/in/weight'))
    expect(trainer.stepCount).toBe(2000)
  })
})

test('little memory changes how a step is computed, not what is learned', async () => {
  const notes: string[] = []
  const small = { memoryBudgetBytes: 1e5, onNote: (text: string) => notes.push(text) }
  const [plain, little] = [createWaveformTrainer(options), createWaveformTrainer({ ...options, ...small })]
  await plain.advance()
  await little.advance()
  expect(notes).toEqual(['Memory is short: this training computes one crop at once, computing blocks twice.'])
  const [own, other] = [plain, little].map((trainer) => trainer.save().optimizer.firstMoment)
  const off = Math.hypot(...own.map((value, i) => value - other[i])) / Math.hypot(...own)
  expect(off).toBeLessThan(1e-4)
})

test('a training follows from its seed', async () => {
  const [one, same, other] = [1, 1, 2].map((seed) => createWaveformTrainer({ ...options, seed }))
  for (const trainer of [one, same, other]) await trainer.advance()
  expect(storeWaveformState(one.save())).toEqual(storeWaveformState(same.save()))
  expect(other.save().optimizer.weights).not.toEqual(one.save().optimizer.weights)
})
