import { setBackend, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../../../src/main/compute/engines/engine-wasm.ts'
import { createRandom, type Random } from '../../../../src/shared/base/random.ts'
import { createCausalStackKernel } from '../../../../src/shared/kernels/causal-stack.ts'
import { countParameters } from '../../../../src/shared/networks/explained/explanation.ts'
import { conditionFrames, FEATURES, FRAME_SAMPLES } from '../../../../src/shared/networks/source-filter/config.ts'
import { INPUTS, reachOf, wavenetVocoderSizes } from '../../../../src/shared/networks/wavenet-vocoder/config.ts'
import { createWavenetVocoder } from '../../../../src/shared/networks/wavenet-vocoder/inference.ts'
import { initializeWavenetVocoder } from '../../../../src/shared/networks/wavenet-vocoder/initialize.ts'
import { inputsOf, lagOf, teacherForced } from '../../../../src/shared/networks/wavenet-vocoder/inputs.ts'
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
    hz: new Float32Array(SAMPLES).fill(230).fill(0, 100, 180),
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

test('it hears the last sixteen samples, newest first, five around one period back, and where in the period it is', () => {
  const sound = Float32Array.from({ length: 200 }, (_, at) => at)
  const pitch = { hz: Float32Array.of(160), turns: Float32Array.of(7.25) }
  const row = new Float32Array(INPUTS)
  inputsOf(sound, 150, pitch, 0, row)
  expect([...row.subarray(0, 3)]).toEqual([149, 148, 147].map((value) => value / 2))
  expect(row[15]).toBe(134 / 2)
  expect([...row.subarray(16, 21)]).toEqual([48, 49, 50, 51, 52].map((value) => value / 2))
  expect(row[21]).toBeCloseTo(0.5)
  expect(row[22]).toBeCloseTo(0)
  inputsOf(sound, 150, { hz: [0], turns: [0.25] }, 0, row)
  expect([...row.subarray(16)]).toEqual([0, 0, 0, 0, 0, 0, 0])
  inputsOf(sound, 2, pitch, 0, row)
  expect([...row.subarray(0, 21)]).toEqual([0.5, ...Array<number>(20).fill(0)])
})

test('a period is a whole number of samples whose taps all lie in the past', () => {
  expect(lagOf(0)).toBe(0)
  expect(lagOf(160)).toBe(100)
  expect(lagOf(50_000)).toBe(3)
  expect(lagOf(1)).toBe(400)
})

test('items of a batch hear nothing of each other', () => {
  const { sound } = fixture()
  const pitch = { hz: new Float32Array(160).fill(300), turns: new Float32Array(160) }
  const both = teacherForced(sound.subarray(0, 160), pitch, 80)
  const second = { hz: pitch.hz.subarray(80), turns: pitch.turns.subarray(80) }
  expect(both.subarray(80 * INPUTS)).toEqual(teacherForced(sound.subarray(80, 160), second, 80))
})

test('the compact network has the parameters, multiplications and reach of the design', () => {
  // The design counts 229 thousand and 134 thousand, the condition left out.
  expect(countParameters(wavenetVocoderShapes(wavenetVocoderSizes.compact))).toBe(229_250)
  expect(Math.round(wavenetProductsPerSample(wavenetVocoderSizes.compact) / 1000)).toBe(135)
  expect(reachOf(wavenetVocoderSizes.compact)).toBe(1038)
})
