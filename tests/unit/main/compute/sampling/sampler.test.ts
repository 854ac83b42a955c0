import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fastestPrecision, measurePrecisions } from '../../../../../src/main/compute/sampling/precision.ts'
import { openSampler, type Sampler } from '../../../../../src/main/compute/sampling/sampler.ts'
import { createSegmentSinger } from '../../../../../src/main/compute/sampling/segment-singer.ts'
import type { SamplerModules } from '../../../../../src/main/compute/sampling/sampler-modules.ts'
import { CancelledError, FailureError } from '../../../../../src/shared/base/errors.ts'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { wavenetAutoencoderSizes } from '../../../../../src/shared/networks/wavenet-autoencoder/config.ts'
import { muLawSample } from '../../../../../src/shared/dsp/mu-law.ts'
import { compiledKernel } from '../../../../support/compiled-kernel.ts'
import { autoencoderDecoder } from '../../../../../src/shared/sampling/autoencoder-decoder.ts'
import type { SamplerPeaks } from '../../../../../src/shared/sampling/calibration.ts'
import type { SamplerPrecision } from '../../../../../src/shared/sampling/memory/network.ts'
import { measurePeaks } from '../../../../../src/shared/sampling/measure-peaks.ts'
import { cutAtQuietPlaces, frameEnergies, type CutPart } from '../../../../../src/shared/sampling/cut.ts'
import { decoderReachOf } from '../../../../../src/shared/sampling/decoder.ts'
import { joinParts } from '../../../../../src/shared/sampling/join.ts'
import { segmentOffsets, type SamplingSong } from '../../../../../src/shared/sampling/song.ts'
import { readTrainedDecoder, trainedConfig, trainedSong } from '../../../../fixtures/trained-decoder.ts'
import { drawDecoder } from '../../../../support/drawn-decoder.ts'
import { spectralFluxAt } from '../../../../support/spectral-flux.ts'
import { makeTemporaryFolder, removeFolder } from '../../../../support/temporary-folder.ts'

const trained = readTrainedDecoder()
const decoder = autoencoderDecoder(trained.parameters, trainedConfig)
let modules: SamplerModules
let peaks: SamplerPeaks
const open: Sampler[] = []

beforeAll(async () => {
  modules = {
    f32: await compiledKernel('wavenet-f32'),
    'f32-fused': await compiledKernel('wavenet-f32-fused'),
    w16a14: await compiledKernel('wavenet-w16a14'),
  }
  peaks = measurePeaks(modules.f32 ?? new Uint8Array(), decoder, trainedSong(trained, 4, 4, 1))
})
afterAll(() => {
  for (const sampler of open) sampler.stop()
})

function samplerOf(precision: SamplerPrecision, threadCount: number, workerPath?: string): Sampler {
  const options = { decoder, peaks, precision, modules, hop: trainedConfig.hop, threadCount }
  const sampler = openSampler(workerPath === undefined ? options : { ...options, workerPath })
  open.push(sampler)
  return sampler
}

test.each(['w16a14', 'f32'] as const)(
  'in %s the levels of a seed are the same on one thread and on three',
  async (precision) => {
    const song = trainedSong(trained, 5, 2, 9)
    const [one, three] = await Promise.all(
      [1, 3].map((threads) => samplerOf(precision, threads).sing(song, silentProgress)),
    )
    expect(three).toEqual(one)
    const offsets = segmentOffsets(song)
    expect(one.length).toBe(offsets[offsets.length - 1])
    expect(new Set(one).size).toBeGreaterThan(20)
  },
)

test('a decoder that hears its last period sings the same levels on one thread and on three', async () => {
  const drawn = drawDecoder({ ...wavenetAutoencoderSizes.tiny, lagTaps: 5 }, 60, 7)
  const { decoder, config, held, pitch, lags, fixed } = drawn
  const segments = Array.from({ length: 6 }, (_, index) => {
    return { fromFrame: 10 * index, toFrame: 10 * index + 10 - index, fixedRow: 0 }
  })
  const { hop, singer = 0 } = config
  const song = { hop, held, pitch, lags, fixed, fixedWidth: singer, segments, seed: 2, temperature: 1 }
  const measured = measurePeaks(modules.f32 ?? new Uint8Array(), decoder, song)
  const singOn = async (threadCount: number, sung: SamplingSong) => {
    const sampler = openSampler({ decoder, peaks: measured, precision: 'w16a14', modules, hop, threadCount })
    open.push(sampler)
    return sampler.sing(sung, silentProgress)
  }
  const one = await singOn(1, song)
  expect(await singOn(3, song)).toEqual(one)
  expect(await singOn(1, { ...song, lags: new Uint16Array(pitch.length) })).not.toEqual(one)
  await expect(singOn(1, { ...song, lags: null })).rejects.toThrow('how long periods are')
})

test('segments of a training are sung as a song whose parts have the same rows, latents and pitch', async () => {
  const song = trainedSong(trained, 3, 2, 9)
  const { segments, held, pitch, fixed, fixedWidth, seed, temperature } = song
  const partsOf = (values: Float32Array, width: number) =>
    Float32Array.from(
      segments.flatMap(({ fromFrame, toFrame }) => [...values.subarray(fromFrame * width, toFrame * width)]),
    )
  const rowOf = (row: number) => [...fixed.subarray(row * fixedWidth, (row + 1) * fixedWidth)]
  const order = {
    config: trainedConfig,
    parameters: trained.parameters,
    segmentFrames: segments.map(({ fromFrame, toFrame }) => toFrame - fromFrame),
    held: partsOf(held, trainedConfig.latent),
    pitch: partsOf(pitch ?? new Float32Array(0), trainedConfig.hop),
    rows: Float32Array.from(segments.flatMap(({ fixedRow }) => rowOf(fixedRow))),
    seed,
    temperature,
  }
  const sing = createSegmentSinger({ modules, precision: 'f32', threadCount: 2 }, silentProgress)
  expect(await sing(order)).toEqual(await samplerOf('f32', 1).sing(song, silentProgress))
  const faithful = createSegmentSinger({ modules, precision: 'w16a14' }, silentProgress)
  expect(new Set(await faithful(order)).size).toBeGreaterThan(20)
})

test('a sampler sings one song after the other, and another seed is another song', async () => {
  const sampler = samplerOf('w16a14', 2)
  const first = await sampler.sing(trainedSong(trained, 2, 2, 5), silentProgress)
  expect(await sampler.sing(trainedSong(trained, 2, 2, 6), silentProgress)).not.toEqual(first)
  expect(await sampler.sing(trainedSong(trained, 2, 2, 5), silentProgress)).toEqual(first)
})

test('what is sung is told, up to the whole', async () => {
  const told: number[] = []
  const report = (fraction: number) => void told.push(fraction)
  await samplerOf('w16a14', 2).sing(trainedSong(trained, 3, 1, 5), { report, isCancelled: false })
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told.at(-1)).toBe(1)
})

test('a song that nobody wants any more ends before its end, and the next one is whole', async () => {
  const sampler = samplerOf('w16a14', 2)
  let frames = 0
  const cancelling = {
    report: () => void frames++,
    get isCancelled() {
      return frames > 2
    },
  }
  await expect(sampler.sing(trainedSong(trained, 40, 40, 5), cancelling)).rejects.toBeInstanceOf(CancelledError)
  expect(frames).toBeLessThan(40)
  const song = trainedSong(trained, 2, 1, 5)
  expect(await sampler.sing(song, silentProgress)).toEqual(await samplerOf('w16a14', 1).sing(song, silentProgress))
})

test('a thread that is lost is told in plain words', async () => {
  const folder = makeTemporaryFolder()
  try {
    const path = join(folder, 'lost.mjs')
    writeFileSync(
      path,
      "import { parentPort } from 'node:worker_threads'\nparentPort.on('message', () => process.exit(3))\n",
    )
    const found: unknown = await samplerOf('w16a14', 2, path)
      .sing(trainedSong(trained, 2, 1, 5), silentProgress)
      .catch((cause: unknown) => cause)
    expect(found).toBeInstanceOf(FailureError)
    expect(found instanceof FailureError && found.failure.code).toBe('engine-stopped')
  } finally {
    removeFolder(folder)
  }
})

test('the fastest precision that there is is taken; of equals the finer', () => {
  expect(
    fastestPrecision(
      new Map([
        ['f32', 10],
        ['w16a14', 6],
        ['w8a7', 5.9],
      ]),
    ),
  ).toBe('w16a14')
  expect(
    fastestPrecision(
      new Map([
        ['f32', 10],
        ['w16a14', 6],
        ['w8a7', 3],
      ]),
    ),
  ).toBe('w8a7')
  expect(
    fastestPrecision(
      new Map([
        ['f32', 5],
        ['w16a14', 9],
      ]),
    ),
  ).toBe('f32')
  expect(fastestPrecision(new Map())).toBe('f32')
})

test('precisions are measured within their time, those that are missing are left out', () => {
  let nowMs = 0
  const shape = { residual: 16, skip: 16, layers: 40 }
  const costs = measurePrecisions(modules, shape, 'fast', () => (nowMs += 1))
  expect([...costs.keys()].toSorted()).toEqual(['f32', 'w16a14'])
  expect(nowMs).toBeLessThan(60)
  // One of these ticks is 16 samples of four segments in 2 of 40 layers.
  for (const cost of costs.values()) expect(cost).toBeCloseTo((1000 / 64) * 20, 6)
})

/** Both singers' three seconds, each singing itself, in the parts that are given; joined to one sound each. */
async function sungInParts(sampler: Sampler, parts: readonly CutPart[]): Promise<readonly Float32Array[]> {
  const whole = trainedSong(trained, FRAMES, FRAMES, 17)
  const segments = trained.told.flatMap((_, singer) =>
    parts.map(({ leadFrame, tailFrame }) => ({
      fromFrame: singer * FRAMES + leadFrame,
      toFrame: singer * FRAMES + tailFrame,
      fixedRow: singer,
    })),
  )
  const song = { ...whole, segments }
  const levels = await sampler.sing(song, silentProgress)
  const offsets = segmentOffsets(song)
  return trained.told.map((_, singer) => {
    const sung = parts.map((part, index) => {
      const place = singer * parts.length + index
      return { ...part, samples: Float32Array.from(levels.subarray(offsets[place], offsets[place + 1]), muLawSample) }
    })
    return joinParts(sung, trainedConfig.hop)
  })
}

const FRAMES = 60

test('where parts meet, a trained voice changes no more than elsewhere, and is no louder or softer', async () => {
  const sampler = samplerOf('w16a14', 2)
  const [{ hop }, all] = [trainedConfig, { fromFrame: 0, toFrame: FRAMES, leadFrame: 0, tailFrame: FRAMES }]
  const whole = await sungInParts(sampler, [all])
  const energies = frameEnergies(whole[0], hop).map((energy, frame) => energy + frameEnergies(whole[1], hop)[frame])
  const reachFrames = Math.ceil(decoderReachOf(decoder) / hop)
  const parts = cutAtQuietPlaces(energies, { aimFrames: 6, mostFrames: 12 }, reachFrames)
  const seams = parts.slice(1).map(({ fromFrame }) => fromFrame * hop)
  expect(seams.length).toBeGreaterThan(4)
  const joined = await sungInParts(sampler, parts)
  const fluxOf = (sounds: readonly Float32Array[], places: readonly number[]) =>
    meanOf(sounds.flatMap((sound) => places.map((place) => spectralFluxAt(sound, place + BLEND / 2))))
  // Quiet places differ from loud ones: the same places of the sound that was never cut are the measure.
  expect(fluxOf(joined, seams) / fluxOf(whole, seams)).toBeLessThan(1.2)
  const levelOf = (sounds: readonly Float32Array[]) =>
    meanOf(
      sounds.flatMap((sound) =>
        seams.map((seam) => 10 * Math.log10(meanOf(sound.subarray(seam, seam + BLEND).map((x) => x * x)) + 1e-9)),
      ),
    )
  expect(Math.abs(levelOf(joined) - levelOf(whole))).toBeLessThan(2)
})

/** Samples over which two parts are blended. */
const BLEND = 320
const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
