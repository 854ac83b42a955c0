import '@tensorflow/tfjs-backend-cpu'
import { setBackend, tensor3d, tidy } from '@tensorflow/tfjs-core'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { musicTranslationSizes } from '../../../../src/shared/networks/music-translation/config.ts'
import {
  heldWidth,
  wavenetAutoencoderSizes,
  type WavenetBlocks,
} from '../../../../src/shared/networks/wavenet-autoencoder/config.ts'
import { gatherLags } from '../../../../src/shared/networks/wavenet-autoencoder/pitch-lags.ts'
import { decode, levelInput } from '../../../../src/shared/networks/wavenet-autoencoder/network.ts'
import { sampleDecoder } from '../../../../src/shared/networks/wavenet-autoencoder/sample.ts'
import { joinChannels } from '../../../../src/shared/nn/join.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../src/shared/nn/scope.ts'
import { autoencoderDecoder } from '../../../../src/shared/sampling/autoencoder-decoder.ts'
import { quantizeDecoder } from '../../../../src/shared/sampling/integer/quantize.ts'
import { createIntegerTwin, startsOf } from '../../../../src/shared/sampling/integer/twin.ts'
import type { SamplerPrecision } from '../../../../src/shared/sampling/memory/network.ts'
import { measurePeaks } from '../../../../src/shared/sampling/measure-peaks.ts'
import type { SamplingSong } from '../../../../src/shared/sampling/song.ts'
import { readTrainedDecoder, trainedConfig } from '../../../fixtures/trained-decoder.ts'
import { drawDecoder, singDrawn, singleBatch, toldOf, type DrawnDecoder } from '../../../support/drawn-decoder.ts'
import { logProbabilities, meanDistance } from '../../../support/sampler-distance.ts'
import { makeTemporaryFolder, removeFolder } from '../../../support/temporary-folder.ts'

type SamplerName = SamplerPrecision | 'f32-fused'
const modules = new Map<SamplerName, Uint8Array<ArrayBuffer>>()
const moduleOf = (name: SamplerName) => modules.get(name) ?? new Uint8Array()
beforeAll(async () => {
  await setBackend('cpu')
  for (const name of ['f32', 'f32-fused', 'w16a14', 'w8a7'] as const)
    modules.set(name, await compiledKernel(`wavenet-${name}`))
})

const { tiny } = wavenetAutoencoderSizes
/** Widths that are no multiple of eight, several blocks, other skips, a decoder that hears no pitch, and one without a row that is told notes. */
const configs: Readonly<Record<string, WavenetBlocks>> = {
  tiny,
  wider: { ...tiny, decoder: { channels: 20, skip: 28, blocks: 3, layersPerBlock: 3 } },
  'without pitch': { ...tiny, hasPitch: false },
  'a domain’s': { ...musicTranslationSizes.tiny, hasPitch: true, notes: 3 },
  'led by its own last period': { ...tiny, lagTaps: 5 },
}

const songOf = ({ config, held, fixed, pitch, lags }: DrawnDecoder): SamplingSong => ({
  hop: config.hop,
  held,
  pitch,
  lags,
  fixed,
  fixedWidth: config.singer ?? 0,
  segments: [{ fromFrame: 0, toFrame: held.length / heldWidth(config), fixedRow: 0 }],
  seed: 3,
  temperature: 1,
})

describe.each(Object.keys(configs))('a decoder that is %s', (name) => {
  const drawn = drawDecoder(configs[name], 6, 11)
  const { config, parameters, decoder, sampleCount, condition, lags, uniforms } = drawn
  const plain = sampleDecoder(parameters, config, {
    condition,
    sampleCount,
    uniforms: Float64Array.from(uniforms, (uniform) => uniform / 2 ** 32),
    ...(lags && { lags }),
  })

  /** What the network on tensors is led by. */
  const ledBy = (levels: Uint8Array) => {
    const past = tensor3d(Float32Array.from(levels, levelInput), [1, sampleCount, 1])
    const { lagTaps = 0 } = config
    if (lags === null) return [past]
    return [past, tensor3d(gatherLags(levels, lags, 1, lagTaps), [1, sampleCount, lagTaps])]
  }

  test.each(['f32', 'f32-fused'] as const)(
    'in %s, what the next sample may be is what the network on tensors says',
    async (name) => {
      const layout = createParameterLayout(new Map([...parameters].map(([key, { shape }]) => [key, shape])))
      const [logits] = await readTensors(() =>
        tidy(() => {
          const weights = toTensors(layout, packParameters(layout, parameters))
          const x = joinChannels(ledBy(plain))
          return [decode(x, toldOf(drawn), weights, config)]
        }),
      )
      const batch = singleBatch(moduleOf(name), decoder, null, config.hop, { isWatched: true })
      let farthest = 0
      singDrawn(batch, drawn, 2, {
        levels: plain,
        visit: (scores, sample) => {
          scores.forEach((score, level) => {
            farthest = Math.max(farthest, Math.abs(score - logits[sample * 256 + level]))
          })
        },
      })
      expect(farthest).toBeLessThan(1e-4)
    },
  )

  test('in f32 it sings what plain arithmetic sings, in any place of a batch of any size', () => {
    for (const [groups, segment] of [
      [1, 0],
      [2, 6],
    ])
      expect(singDrawn(singleBatch(moduleOf('f32'), decoder, null, config.hop, { groups }), drawn, segment)).toEqual(
        plain,
      )
  })

  test('with fused products every place of a batch of any size expects the same, bit for bit', () => {
    const expectedIn = (groups: number, segment: number) => {
      const batch = singleBatch(moduleOf('f32-fused'), decoder, null, config.hop, { groups, isWatched: true })
      const expected: number[] = []
      singDrawn(batch, drawn, segment, { levels: plain, visit: (scores) => expected.push(...scores) })
      return expected
    }
    const alone = expectedIn(1, 0)
    expect(alone.some((score) => score !== 0)).toBe(true)
    for (const [groups, segment] of [
      [3, 0],
      [3, 5],
      [3, 7],
      [3, 11],
      [5, 19],
    ])
      expect(expectedIn(groups, segment)).toEqual(alone)
  })

  test.each(['w16a14', 'w8a7'] as const)('in %s it sings what its plain twin sings, bit for bit', (kind) => {
    const integers = quantizeDecoder(decoder, measurePeaks(moduleOf('f32'), decoder, songOf(drawn)), kind)
    const temperature = 0.8
    const batch = singleBatch(moduleOf(kind), decoder, integers, config.hop, { groups: 2 })
    batch.setTemperature(temperature)
    const sung = singDrawn(batch, drawn, 5)
    const twin = createIntegerTwin(integers)
    const { bias, fixed, held } = decoder.condition
    const base = Float32Array.from(bias, (start, row) => {
      let sum = start - integers.condition.zeros[row]
      drawn.fixed.forEach((value, column) => (sum += Math.fround(fixed.values[row * fixed.columns + column]) * value))
      return sum
    })
    let starts = new Int32Array(0)
    const expected = Uint8Array.from({ length: sampleCount }, (_, sample) => {
      const frame = sample / config.hop
      const told = drawn.held.subarray(frame * heldWidth(config), (frame + 1) * heldWidth(config))
      if (Number.isInteger(frame)) starts = Int32Array.from(startsOf(integers, base, held.values, told))
      return twin.sing(starts, drawn.pitch[sample], uniforms[sample], temperature, lags?.[sample])
    })
    expect([...sung]).toEqual([...expected])
  })
})

test('a place of a batch sings its last period for longer than its ring, and from silence when it begins again', () => {
  const drawn = drawDecoder({ ...tiny, lagTaps: 5 }, 40, 12)
  const { config, parameters, decoder, sampleCount, condition, lags, uniforms } = drawn
  const batch = singleBatch(moduleOf('f32'), decoder, null, config.hop)
  const plain = sampleDecoder(parameters, config, {
    condition,
    sampleCount,
    uniforms: Float64Array.from(uniforms, (uniform) => uniform / 2 ** 32),
    ...(lags && { lags }),
  })
  expect(sampleCount).toBeGreaterThan(512)
  expect(singDrawn(batch, drawn, 3)).toEqual(plain)
  expect(singDrawn(batch, drawn, 3)).toEqual(plain)
})

/** Of each singer's second: every one costs some thousand samples. */
const FRAMES = 1

describe('a trained decoder', () => {
  const trained = readTrainedDecoder()
  const decoder = autoencoderDecoder(trained.parameters, trainedConfig)
  const { hop } = trainedConfig
  test('in 16 bits expects what f32 expects, to less than 1e-4 nats', () => {
    expect(meanDistance(trained, moduleOf('f32'), 'w16a14', moduleOf('w16a14'), FRAMES)).toBeLessThan(1e-4)
  })

  test('in 8 bits expects something else by less than a twentieth of a nat', () => {
    expect(meanDistance(trained, moduleOf('f32'), 'w8a7', moduleOf('w8a7'), FRAMES)).toBeLessThan(0.05)
  })

  test('has learned: it tells the next level by far better than chance', () => {
    const [{ latents, pitch, levels, row }] = trained.told
    const batch = singleBatch(moduleOf('f32'), decoder, null, hop, { isWatched: true })
    let nats = 0
    const told = { config: trainedConfig, sampleCount: 4 * hop, held: latents, fixed: row, pitch }
    singDrawn(batch, { ...told, uniforms: new Uint32Array(4 * hop) }, 0, {
      levels,
      visit: (scores, sample) => (nats -= logProbabilities(scores)[levels[sample]] / (4 * hop)),
    })
    expect(nats).toBeLessThan(0.75 * Math.log(256))
  })
})

test('levels of a seed are the same on processors that know less', () => {
  const folder = makeTemporaryFolder()
  try {
    writeFileSync(join(folder, 'w16a14.wasm'), moduleOf('w16a14'))
    writeFileSync(join(folder, 'f32.wasm'), moduleOf('f32'))
    const script = join(import.meta.dirname, '../../../support/sing-seeded.ts')
    const withFlags = (...flags: string[]) =>
      execFileSync(process.execPath, [...flags, script, folder], { encoding: 'utf8' })
    const [all] = [withFlags()]
    expect(all.length).toBeGreaterThan(100)
    expect(withFlags('--no-enable-fma3', '--no-enable-avx2')).toBe(all)
    expect(withFlags('--no-enable-avx')).toBe(all)
  } finally {
    removeFolder(folder)
  }
})
