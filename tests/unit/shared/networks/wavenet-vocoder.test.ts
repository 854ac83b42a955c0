import { setBackend, tensor3d } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../../../src/main/compute/engines/engine-wasm.ts'
import { createRandom, type Random } from '../../../../src/shared/base/random.ts'
import { createCausalStackKernel } from '../../../../src/shared/kernels/causal-stack.ts'
import { countParameters } from '../../../../src/shared/networks/explained/explanation.ts'
import { conditionFrames, FEATURES, FRAME_SAMPLES } from '../../../../src/shared/networks/source-filter/config.ts'
import { INPUTS, reachOf, wavenetVocoderSizes } from '../../../../src/shared/networks/wavenet-vocoder/config.ts'
import { createWavenetVocoder } from '../../../../src/shared/networks/wavenet-vocoder/inference.ts'
import { initializeWavenetVocoder } from '../../../../src/shared/networks/wavenet-vocoder/initialize.ts'
import { lagOf } from '../../../../src/shared/networks/wavenet-vocoder/between-samples.ts'
import { inputsOf, teacherForced } from '../../../../src/shared/networks/wavenet-vocoder/inputs.ts'
import { predict } from '../../../../src/shared/networks/wavenet-vocoder/network.ts'
import { wavenetVocoderShapes } from '../../../../src/shared/networks/wavenet-vocoder/parameters.ts'
import { wavenetProductsPerSample } from '../../../../src/shared/networks/wavenet-vocoder/step-cost.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'

beforeAll(async () => {
  await wasmEngine.load({ enginesFolder: null, hasWindows: false })
  await setBackend('wasm')
})

const open = createCausalStackKernel(await compiledKernel('causal-stack'))
const FRAMES = 4
const SAMPLES = FRAMES * FRAME_SAMPLES
/** Deep enough that every dilation of the compact size counts, and narrow. */
const config = { ...wavenetVocoderSizes.compact, layersPerStack: 6, residual: 8, skip: 16, condition: 6 }

const draw = (random: Random, count: number) => Float32Array.from({ length: count }, () => random.normal())

function fixture() {
  const random = createRandom(6)
  const parameters = initializeWavenetVocoder(config, random)
  for (const [name, { values }] of parameters)
    if (name.endsWith('/bias') || name === 'end/weight') values.set(values.map(() => 0.3 * random.normal()))
  const sound = draw(random, SAMPLES)
  const pitch = {
    lags: [1, 2].map((periods) => new Float32Array(SAMPLES).fill(lagOf(230, periods)).fill(0, 100, 180)),
    turns: Float32Array.from({ length: SAMPLES }, (_, at) => (at * 230) / 16_000),
  }
  return { parameters, sound, pitch, features: draw(random, conditionFrames(FRAMES) * FEATURES) }
}

async function predicted({ parameters, sound, pitch, features }: ReturnType<typeof fixture>) {
  const layout = createParameterLayout(wavenetVocoderShapes(config))
  const [mean, logDeviation] = await readTensors(() => {
    const input = {
      heard: tensor3d(teacherForced(sound, pitch, SAMPLES), [1, SAMPLES, INPUTS]),
      features: tensor3d(features, [1, conditionFrames(FRAMES), FEATURES]),
    }
    const found = predict(input, toTensors(layout, packParameters(layout, parameters)), config)
    return [found.mean, found.logDeviation]
  })
  return { mean, logDeviation }
}

test('sample by sample on the kernel it says what the tensors say of all samples at once', async () => {
  const given = fixture()
  const { mean, logDeviation } = await predicted(given)
  const { stack, condition } = createWavenetVocoder(config, given.parameters)
  const told = condition(given.features)
  const stream = open(stack)
  stream.tell(told[0])
  const row = new Float32Array(INPUTS)
  let farthest = 0
  for (let at = 0; at < SAMPLES; at++) {
    if (at % FRAME_SAMPLES === 0) stream.tell(told[at / FRAME_SAMPLES + 1])
    inputsOf(given.sound, at, given.pitch, at, row)
    const [m, s] = stream.next(row, ((at % FRAME_SAMPLES) + 0.5) / FRAME_SAMPLES)
    farthest = Math.max(farthest, Math.abs(m - mean[at]), Math.abs(s - logDeviation[at]))
  }
  expect(mean.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeGreaterThan(0.3)
  expect(farthest).toBeLessThan(1e-5)
})

test('no sample follows from itself or a later one, and it follows from the one before', async () => {
  const given = fixture()
  const before = await predicted(given)
  const changed = 200
  const sound = given.sound.slice()
  sound[changed] += 1
  const after = await predicted({ ...given, sound })
  for (const output of ['mean', 'logDeviation'] as const) {
    expect(after[output].subarray(0, changed + 1)).toEqual(before[output].subarray(0, changed + 1))
    expect(after[output][changed + 1]).not.toBe(before[output][changed + 1])
  }
})

test('it hears the last sixteen samples, newest first, five around one period back and two, and where in the period it is', () => {
  const sound = Float32Array.from({ length: 300 }, (_, at) => at)
  const pitch = { lags: [[100], [200]], turns: [7.25] }
  const row = new Float32Array(INPUTS)
  inputsOf(sound, 250, pitch, 0, row)
  expect([...row.subarray(0, 3)]).toEqual([249, 248, 247].map((value) => value / 2))
  expect(row[15]).toBe(234 / 2)
  expect([...row.subarray(16, 21)]).toEqual([148, 149, 150, 151, 152].map((value) => value / 2))
  expect([...row.subarray(21, 26)]).toEqual([48, 49, 50, 51, 52].map((value) => value / 2))
  expect(row[26]).toBeCloseTo(0.5)
  expect(row[27]).toBeCloseTo(0)
  inputsOf(sound, 250, { lags: [[0], [0]], turns: [0.25] }, 0, row)
  expect([...row.subarray(16)]).toEqual(Array<number>(12).fill(0))
  inputsOf(sound, 2, pitch, 0, row)
  expect([...row.subarray(0, 26)]).toEqual([0.5, ...Array<number>(25).fill(0)])
})

test('a period back is heard between the samples: a tone of up to 5 kHz as it was there', () => {
  const tone = (hz: number) => (at: number) => Math.sin((2 * Math.PI * hz * at) / 16_000)
  const row = new Float32Array(INPUTS)
  fc.assert(
    fc.property(
      fc.double({ min: 20, max: 5000, noNaN: true }),
      fc.double({ min: 7, max: 200, noNaN: true }),
      (hz, lag) => {
        const sound = Float32Array.from({ length: 600 }, (_, at) => tone(hz)(at))
        inputsOf(sound, 500, { lags: [[lag], [2 * lag]], turns: [0] }, 0, row)
        for (const [periods, first] of [
          [1, 16],
          [2, 21],
        ])
          for (let tap = 0; tap < 5; tap++) {
            const expected = 0.5 * tone(hz)(500 - periods * lag + tap - 2)
            expect(Math.abs(row[first + tap] - expected)).toBeLessThan(0.03)
          }
      },
    ),
  )
})

test('a lag lies wholly in the past, and no farther than is heard', () => {
  expect(lagOf(0, 1)).toBe(0)
  expect(lagOf(160, 1)).toBe(100)
  expect(lagOf(160, 2)).toBe(200)
  expect(lagOf(50_000, 1)).toBe(7)
  expect(lagOf(1, 1)).toBe(400)
  expect(lagOf(79, 2)).toBe(0)
})

test('items of a batch hear nothing of each other', () => {
  const { sound } = fixture()
  const pitch = {
    lags: [1, 2].map((periods) => new Float32Array(160).fill(lagOf(700, periods))),
    turns: new Float32Array(160),
  }
  const both = teacherForced(sound.subarray(0, 160), pitch, 80)
  const second = { lags: pitch.lags.map((own) => own.subarray(80)), turns: pitch.turns.subarray(80) }
  expect(both.subarray(80 * INPUTS)).toEqual(teacherForced(sound.subarray(80, 160), second, 80))
  expect(both.subarray(80 * INPUTS + 16 * 70).some((value) => value !== 0)).toBe(true)
})

test('the compact network has the parameters, multiplications and reach of the design', () => {
  // The design counts 229 thousand and 134 thousand, the condition left out.
  expect(countParameters(wavenetVocoderShapes(wavenetVocoderSizes.compact))).toBe(229_410)
  expect(Math.round(wavenetProductsPerSample(wavenetVocoderSizes.compact) / 1000)).toBe(135)
  expect(reachOf(wavenetVocoderSizes.compact)).toBe(1038)
})
