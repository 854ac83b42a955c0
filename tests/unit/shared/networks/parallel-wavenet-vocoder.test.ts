import { setBackend, tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../../../src/main/compute/engines/engine-wasm.ts'
import { createRandom, type Random } from '../../../../src/shared/base/random.ts'
import { runGatedStack } from '../../../../src/shared/dsp/gated-stack.ts'
import { scaledAndShifted } from '../../../../src/shared/dsp/inverse-autoregression.ts'
import { createGatedStackKernel } from '../../../../src/shared/kernels/gated-stack.ts'
import { countParameters } from '../../../../src/shared/networks/explained/explanation.ts'
import { noiseReach, parallelWavenetSizes } from '../../../../src/shared/networks/parallel-wavenet-vocoder/config.ts'
import { heardRows } from '../../../../src/shared/networks/parallel-wavenet-vocoder/heard-rows.ts'
import { createParallelWavenet } from '../../../../src/shared/networks/parallel-wavenet-vocoder/inference.ts'
import { initializeParallelWavenet } from '../../../../src/shared/networks/parallel-wavenet-vocoder/initialize.ts'
import { parallelWavenetLoss } from '../../../../src/shared/networks/parallel-wavenet-vocoder/loss.ts'
import { singInParallel } from '../../../../src/shared/networks/parallel-wavenet-vocoder/network.ts'
import { parallelWavenetShapes } from '../../../../src/shared/networks/parallel-wavenet-vocoder/parameters.ts'
import { parallelProductsPerSample } from '../../../../src/shared/networks/parallel-wavenet-vocoder/step-cost.ts'
import { conditionFrames, FEATURES, FRAME_SAMPLES } from '../../../../src/shared/networks/source-filter/config.ts'
import type { VocoderBatch } from '../../../../src/shared/networks/vocoder-batch.ts'
import { vocoderLoss } from '../../../../src/shared/networks/vocoder-step.ts'
import { lagOf } from '../../../../src/shared/networks/wavenet-vocoder/between-samples.ts'
import { INPUTS, wavenetVocoderSizes } from '../../../../src/shared/networks/wavenet-vocoder/config.ts'
import { hear, hearingOf } from '../../../../src/shared/networks/wavenet-vocoder/hearing.ts'
import { initializeWavenetVocoder } from '../../../../src/shared/networks/wavenet-vocoder/initialize.ts'
import { INPUT_GAIN, teacherForced } from '../../../../src/shared/networks/wavenet-vocoder/inputs.ts'
import { gaussianDivergence } from '../../../../src/shared/nn/gaussian.ts'
import { namedGradient } from '../../../../src/shared/nn/named-gradient.ts'
import {
  createParameterLayout,
  packParameters,
  toTensors,
  type StoredTensor,
} from '../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'

beforeAll(async () => {
  await wasmEngine.load({ enginesFolder: null, hasWindows: false })
  await setBackend('wasm')
})

const kernel = createGatedStackKernel(await compiledKernel('gated-stack'))
const FRAMES = 16
const SAMPLES = FRAMES * FRAME_SAMPLES
const config = { ...parallelWavenetSizes.compact, flows: 2, layers: 4, channels: 16, condition: 6 }

const draw = (random: Random, count: number) => Float32Array.from({ length: count }, () => random.normal())

/** Last layers and biases that say something. */
function awake(parameters: Map<string, StoredTensor>, random: Random): Map<string, StoredTensor> {
  for (const [name, { values }] of parameters)
    if (name.endsWith('/bias') || name.endsWith('end/weight')) values.set(values.map(() => 0.1 * random.normal()))
  return parameters
}

/** Falls, jumps and has gaps: what lies a period back of some samples lies there of others, too, and some lies nowhere. */
const pitchOf = (count: number) => ({
  lags: [1, 2].map((periods) =>
    Float32Array.from({ length: count }, (_, at) =>
      at % 500 < 60 ? 0 : lagOf(at < count / 2 ? 250 - at / 50 : 150, periods),
    ),
  ),
  turns: Float32Array.from({ length: count }, (_, at) => ((at * 230) / 16_000) % 1),
})

function fixture() {
  const random = createRandom(6)
  const parameters = awake(initializeParallelWavenet(config, random), random)
  return {
    parameters,
    noise: draw(random, SAMPLES),
    pulses: draw(random, SAMPLES),
    pitch: pitchOf(SAMPLES),
    features: draw(random, conditionFrames(FRAMES) * FEATURES),
  }
}

async function sung({ parameters, noise, pulses, pitch, features }: ReturnType<typeof fixture>) {
  const layout = createParameterLayout(parallelWavenetShapes(config))
  const [samples, mean, logDeviation] = await readTensors(() => {
    const input = {
      noise: tensor3d(noise, [1, SAMPLES, 1]),
      hearing: hearingOf(pitch, SAMPLES),
      pulses: tensor3d(
        pulses.map((pulse) => INPUT_GAIN * pulse),
        [1, SAMPLES, 1],
      ),
      features: tensor3d(features, [1, conditionFrames(FRAMES), FEATURES]),
    }
    const found = singInParallel(input, toTensors(layout, packParameters(layout, parameters)), config)
    return [found.samples, found.mean, found.logDeviation]
  })
  return { samples, mean, logDeviation }
}

test('a sound that is computed is heard as one that is given, by each item alone', async () => {
  const sound = draw(createRandom(3), 2 * SAMPLES)
  const pitch = pitchOf(2 * SAMPLES)
  const [heard] = await readTensors(() => [hear(tensor3d(sound, [2, SAMPLES, 1]), hearingOf(pitch, SAMPLES))])
  expect(heard).toEqual(teacherForced(sound, pitch, SAMPLES))
})

test('the slope of what is heard goes back to every sample that was heard, as often as it was', async () => {
  const pitch = pitchOf(SAMPLES)
  const random = createRandom(4)
  const [sound, wanted] = [draw(random, SAMPLES), draw(random, SAMPLES * INPUTS)]
  const layout = createParameterLayout(new Map([['sound', [1, SAMPLES, 1]]]))
  const { gradient } = await namedGradient(
    layout,
    sound,
    () => true,
    () => {
      const hearing = hearingOf(pitch, SAMPLES)
      const [mean, logDeviation] = [wanted, new Float32Array(SAMPLES * INPUTS)].map((values) =>
        tensor3d(values, [1, SAMPLES, INPUTS]),
      )
      return (parameters) => {
        const heard = hear(parameters.get('sound') as ReturnType<typeof tensor3d>, hearing) // of the shape above
        return { loss: gaussianDivergence({ mean: heard, logDeviation }, { mean, logDeviation }, -5, 0), more: [] }
      }
    },
  )
  const slope = gradient.get('sound') ?? new Float32Array(0)
  const apart = teacherForced(sound, pitch, SAMPLES).map((value, place) => value - wanted[place])
  // Half the mean square of what is apart, and that is linear in the sound: along any direction its slope is known.
  for (let direction = 0; direction < 4; direction++) {
    const moved = draw(random, SAMPLES)
    const heard = teacherForced(moved, pitch, SAMPLES)
    const expected = heard.reduce(
      (sum, value, place) => sum + (place % INPUTS < INPUTS - 2 ? (value * apart[place]) / heard.length : 0),
      0,
    )
    const along = moved.reduce((sum, value, at) => sum + value * slope[at], 0)
    expect(Math.abs(along - expected)).toBeLessThan(1e-5)
    expect(Math.abs(expected)).toBeGreaterThan(1e-4)
  }
})

test('a draw is noise times deviation plus mean, and neither follows from a sample of noise itself or a later one', async () => {
  const given = fixture()
  const before = await sung(given)
  before.samples.forEach((sample, at) => {
    expect(sample).toBeCloseTo(given.noise[at] * Math.exp(before.logDeviation[at]) + before.mean[at], 4)
  })
  const changed = 700
  const noise = given.noise.slice()
  noise[changed] += 1
  const after = await sung({ ...given, noise })
  for (const output of ['mean', 'logDeviation'] as const) {
    expect(after[output].subarray(0, changed + 1)).toEqual(before[output].subarray(0, changed + 1))
    expect(after[output][changed + 1]).not.toBe(before[output][changed + 1])
  }
})

test('fresh flows sing their noise', async () => {
  const given = fixture()
  const { samples } = await sung({ ...given, parameters: initializeParallelWavenet(config, createRandom(1)) })
  expect(samples).toEqual(given.noise)
})

test('on the kernel it sings what the tensors say, and the plain form has the kernel’s bits', async () => {
  const given = fixture()
  const { stacks, condition } = createParallelWavenet(config, given.parameters)
  const told = condition(given.features, FRAMES, 0)
  const through = (run: typeof kernel) =>
    stacks.reduce<Float32Array>(
      (z, stack) => scaledAndShifted(z, run(stack, heardRows(z, given.pitch, given.pulses), SAMPLES, told), stack),
      given.noise,
    )
  const found = through(kernel)
  const { samples } = await sung(given)
  const farthest = found.reduce((most, value, at) => Math.max(most, Math.abs(value - samples[at])), 0)
  expect(farthest).toBeLessThan(1e-4)
  expect(samples.some((sample, at) => Math.abs(sample - given.noise[at]) > 0.3)).toBe(true)
  expect(through(runGatedStack)).toEqual(found)
})

/** A student that scales and shifts noise, and a teacher whose Gaussians are the same at all times. */
test.each([
  [0, 1, 0.4, -0.2],
  [0.3, 0.6, -0.1, 0.1],
])('where both are affine in noise, %d + %d z, the divergence is what draws say', async (m, s, mean, logDeviation) => {
  const random = createRandom(5)
  const count = 200_000
  const [closed] = await readTensors(() => {
    const constant = (value: number) => tensor3d([value], [1, 1, 1])
    const student = { mean: constant(m), logDeviation: constant(Math.log(s)) }
    return [gaussianDivergence(student, { mean: constant(mean), logDeviation: constant(logDeviation) }, -5, 0)]
  })
  let sum = 0
  for (let index = 0; index < count; index++) {
    const noise = random.normal()
    const x = m + s * noise
    const [own, teachers] = [-0.5 * noise ** 2 - Math.log(s), -0.5 * ((x - mean) / Math.exp(logDeviation)) ** 2]
    sum += own - teachers + logDeviation
  }
  expect(Math.abs(closed[0] - sum / count)).toBeLessThan(0.01)
})

const tiny = parallelWavenetSizes.tiny
const teacherConfig = wavenetVocoderSizes.tiny

function distillation() {
  const random = createRandom(8)
  const teacher = { config: teacherConfig, parameters: awake(initializeWavenetVocoder(teacherConfig, random), random) }
  const batch: VocoderBatch = {
    frameCount: FRAMES,
    target: draw(random, SAMPLES),
    pulses: draw(random, SAMPLES),
    ...pitchOf(SAMPLES),
    phase: new Float32Array(0),
    features: draw(random, conditionFrames(FRAMES) * FEATURES),
    noise: [draw(random, SAMPLES), draw(random, SAMPLES)],
  }
  const network = {
    config: tiny,
    layout: createParameterLayout(parallelWavenetShapes(tiny)),
    lossOf: parallelWavenetLoss(teacher),
  }
  const weights = packParameters(network.layout, awake(initializeParallelWavenet(tiny, random), random))
  return { network, weights, batch }
}

test('the gradient of the distillation is its slope, through the teacher and back into every part of every flow', async () => {
  const { network, weights, batch } = distillation()
  const { layout, lossOf } = network
  const { gradient } = await namedGradient(
    layout,
    weights,
    () => true,
    () => {
      const lossWith = lossOf(batch, tiny)
      return (parameters) => ({ loss: lossWith(parameters), more: [] })
    },
  )
  const parts = Map.groupBy(layout.entries, ({ name }) => name.split('/').slice(0, 2).join('/'))
  const width = 2e-3
  for (const [part, entries] of parts) {
    const slopes = entries.map(({ name, offset }) => ({ offset, slope: gradient.get(name) ?? new Float32Array(0) }))
    const norm = Math.hypot(...slopes.flatMap(({ slope }) => [...slope]))
    expect(norm, part).toBeGreaterThan(1e-3)
    // Along the gradient itself: single precision would drown single weights.
    const lossAt = async (scale: number) => {
      const moved = weights.slice()
      for (const { offset, slope } of slopes)
        slope.forEach((value, index) => (moved[offset + index] += (scale * value) / norm))
      return await vocoderLoss(network, moved, batch)
    }
    const measured = ((await lossAt(width)) - (await lossAt(-width))) / (2 * width)
    expect(Math.abs(measured - norm), `${part}: ${norm} against ${measured}`).toBeLessThan(0.05 * norm + 2e-3)
  }
})

test('the compact student has the parameters, multiplications and reach that it is said to have', () => {
  expect(countParameters(parallelWavenetShapes(parallelWavenetSizes.compact))).toBe(210_664)
  expect(Math.round(parallelProductsPerSample(parallelWavenetSizes.compact) / 1000)).toBe(117)
  expect(noiseReach(parallelWavenetSizes.compact)).toBe(2124)
})
