import { beforeAll, expect, test } from 'vitest'
import { createAnalysisResampler } from '../../../../../src/main/compute/analysis-resampler.ts'
import { loadKernelsWithCrew } from '../../../../../src/main/compute/crew.ts'
import { openEngine } from '../../../../../src/main/compute/engines/backend.ts'
import { wasmEngine } from '../../../../../src/main/compute/engines/engine-wasm.ts'
import { builtKernelsFolder } from '../../../../../src/main/compute/kernels.ts'
import { translateSound } from '../../../../../src/main/compute/translation/translate-sound.ts'
import type { LatentBlend } from '../../../../../src/main/compute/waveform/blended-latents.ts'
import { requireSamplers } from '../../../../../src/main/compute/waveform/sampler-of-model.ts'
import { CancelledError } from '../../../../../src/shared/base/errors.ts'
import { silentProgress, type Progress } from '../../../../../src/shared/base/progress.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { scratchInMemory } from '../../../../../src/shared/base/scratch.ts'
import { sourceOf } from '../../../../../src/shared/conversion/sound.ts'
import type { DomainModel } from '../../../../../src/shared/formats/domain-file.ts'
import { domainShapes } from '../../../../../src/shared/networks/music-translation/parameters.ts'
import { startingWavenetWeights } from '../../../../../src/shared/networks/wavenet-autoencoder/initialize.ts'
import { drawMelody, instruments, play } from '../../../../support/instruments.ts'
import { tinyDomain } from '../../../../support/tiny-domain.ts'

beforeAll(() => openEngine(wasmEngine, { enginesFolder: null, hasWindows: false }))

/** A rate that has no whole number of samples in a frame, and a length that has none either. */
const RATE_HZ = 22_051
const random = createRandom(3)
const sound = play(instruments.flute, drawMelody(random, 0.6), RATE_HZ, random).samples.subarray(0, 13_001)

async function translated(
  model: DomainModel,
  {
    samples = sound,
    progress = silentProgress as Progress,
    estimates = [] as number[],
    blend = undefined as LatentBlend | undefined,
  } = {},
) {
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  const blocks: Float32Array[][] = []
  const tools = {
    resample: await createAnalysisResampler(kernels),
    kernels,
    openScratch: scratchInMemory,
    modules: requireSamplers(builtKernelsFolder()),
    breathe: () => Promise.resolve(),
    onEstimate: (sec: number) => void estimates.push(sec),
    nowMs: () => performance.now(),
  }
  const sink = { write: (channels: Float32Array[]) => void blocks.push(channels) }
  const source = sourceOf([samples, samples], RATE_HZ)
  await translateSound(source, { model, performance: {}, blend }, sink, tools, progress)
  return [0, 1].map((channel) => blocks.flatMap((block) => [...block[channel]]))
}

const plain = tinyDomain().model
/** The same, but told the pitch as a number and as notes, and led by its own last period. */
const config = { ...plain.config, hasPitch: true, notes: 12, lagTaps: 5 }
const tuned = { ...plain, config, parameters: startingWavenetWeights(domainShapes(config), createRandom(2)) }

test.each([
  ['that is told nothing', plain],
  ['that is told pitch and notes, and hears its last period', tuned],
])('a domain %s gives exactly the samples that went in, in every channel, by its seed alone', async (_name, model) => {
  const estimates: number[] = []
  const [left, right] = await translated(model, { estimates })
  expect(left.length).toBe(sound.length)
  expect(right).toEqual(left)
  expect(left.some((sample) => sample !== 0)).toBe(true)
  expect(estimates.length).toBe(1)
  expect(estimates[0]).toBeGreaterThan(0)
  if (model === plain) expect((await translated(model))[0]).toEqual(left)
})

test('silence stays as it is, and no estimate is waited for', async () => {
  const estimates: number[] = []
  const [left] = await translated(plain, { samples: new Float32Array(3000), estimates })
  expect(left).toEqual([...new Float32Array(3000)])
  expect(estimates).toEqual([])
})

test('whoever cancels while it plays gets nothing more', async () => {
  let isCancelled = false
  const progress = {
    report: (_fraction: number, phase?: string) => void (isCancelled ||= phase === 'singing'),
    get isCancelled() {
      return isCancelled
    },
  }
  await expect(translated(plain, { progress })).rejects.toThrow(CancelledError)
})

test('another sound is mixed in where the encoder hears it: with none of it, and with itself, every sample stays', async () => {
  const [left] = await translated(plain)
  const other = play(instruments.fiddle, drawMelody(random, 0.4), RATE_HZ, random).samples
  const blendOf = (samples: Float32Array, share: number) => {
    return { source: sourceOf([samples], RATE_HZ), fromShare: share, toShare: share }
  }
  expect((await translated(plain, { blend: blendOf(other, 0) }))[0]).toEqual(left)
  expect((await translated(plain, { blend: blendOf(sound, 1) }))[0]).toEqual(left)
  const [mixed] = await translated(plain, { blend: blendOf(other, 1) })
  expect(mixed.length).toBe(left.length)
  expect(mixed).not.toEqual(left)
})
