import { tensor3d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { openEngine } from '../../../../../src/main/compute/engines/backend.ts'
import { wasmEngine } from '../../../../../src/main/compute/engines/engine-wasm.ts'
import type { Sampler } from '../../../../../src/main/compute/sampling/sampler.ts'
import { createLatentReader, type LatentReader } from '../../../../../src/main/compute/waveform/encode-latents.ts'
import { singSpan } from '../../../../../src/main/compute/waveform/sing-span.ts'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { scratchInMemory } from '../../../../../src/shared/base/scratch.ts'
import { muLawLevel, muLawSample } from '../../../../../src/shared/dsp/mu-law.ts'
import { encode, levelInput } from '../../../../../src/shared/networks/wavenet-autoencoder/network.ts'
import { wavenetAutoencoderShapes } from '../../../../../src/shared/networks/wavenet-autoencoder/parameters.ts'
import { createParameterLayout, packParameters, toTensors } from '../../../../../src/shared/nn/parameters.ts'
import { readTensors } from '../../../../../src/shared/nn/scope.ts'
import { segmentOffsets, type SamplingSong } from '../../../../../src/shared/sampling/song.ts'
import { smallBlocks, tinyWaveform } from '../../../../support/tiny-waveform.ts'

/** Frames as long as the published ones, and a latent that says which frame it is. */
const HOP = 800
const config = { ...tinyWaveform().config, hop: HOP, latent: 1 }
const singing = { config, row: new Float32Array(config.singer) }
const reader: LatentReader = {
  read: (_levels, { fromFrame, toFrame }) =>
    Promise.resolve(Float32Array.from({ length: toFrame - fromFrame }, (_, frame) => fromFrame + frame)),
}

test('rounds of parts are sung and joined without a seam, in order, each with a seed of its own', async () => {
  const frames = 2500
  const tone = Float32Array.from({ length: frames * HOP }, (_, at) => 0.5 * Math.sin((2 * Math.PI * 220 * at) / 16_000))
  const levels = Uint8Array.from(tone, muLawLevel)
  const songs: SamplingSong[] = []
  const sampler: Sampler = {
    precision: 'w16a14',
    stop: () => {},
    sing(song) {
      songs.push(song)
      const offsets = segmentOffsets(song)
      const heard = new Uint8Array(offsets[offsets.length - 1])
      song.segments.forEach(({ fromFrame, toFrame }, index) =>
        heard.set(levels.subarray(song.held[fromFrame] * HOP, (song.held[toFrame - 1] + 1) * HOP), offsets[index]),
      )
      return Promise.resolve(heard)
    },
  }
  const random = createRandom(2)
  const energies = Float64Array.from({ length: frames }, () => random.uniform())
  const sung = scratchInMemory(levels.length)
  const sound = { levels, energies, peak: 0.5 }
  await singSpan({ sound, pitch: null, seed: 3, temperature: 0.7 }, singing, { reader, sampler }, sung, silentProgress)
  const joined = new Float32Array(levels.length)
  sung.read(0, joined)
  const furthest = joined.reduce((most, sample, at) => Math.max(most, Math.abs(sample - muLawSample(levels[at]))), 0)
  expect(furthest).toBeLessThan(1e-6)
  expect(songs.length).toBeGreaterThan(1)
  expect(new Set(songs.map(({ seed }) => seed)).size).toBe(songs.length)
  expect(songs.map(({ temperature }) => temperature)).toEqual(songs.map(() => 0.7))
})

/** In the middle, three pieces from the end. */
const FROM_FRAME = 3
beforeAll(() => openEngine(wasmEngine, { enginesFolder: null, hasWindows: false }))

test.each([
  ['as published', {}],
  ['that strides', smallBlocks],
])('latents that an encoder %s finds piece by piece are those of the whole sound', async (_, blocks) => {
  const model = tinyWaveform(blocks)
  const { hop, latent } = model.config
  const random = createRandom(6)
  // Longer than two pieces, and not in whole frames.
  const levels = Uint8Array.from({ length: 2 * 16_000 + 5 * hop + 3 }, () => 1 + random.integer(255))
  const frames = Math.ceil(levels.length / hop)
  let breaths = 0
  const pieces = createLatentReader(model, () => Promise.resolve(void breaths++))
  const found = await pieces.read(levels, { fromFrame: FROM_FRAME, toFrame: frames }, silentProgress)
  expect(breaths).toBe(3)
  const shapes = [...wavenetAutoencoderShapes(model.config, 1)].filter(([name]) => name.startsWith('encoder/'))
  const layout = createParameterLayout(new Map(shapes))
  const padded = Float32Array.from({ length: frames * hop }, (_, at) => levelInput(levels[at] ?? 128))
  const [whole] = await readTensors(() => [
    encode(
      tensor3d(padded, [1, padded.length, 1]),
      toTensors(layout, packParameters(layout, model.parameters)),
      model.config,
    ),
  ])
  const furthest = found.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - whole[FROM_FRAME * latent + at])),
    0,
  )
  expect(furthest).toBeLessThan(1e-5)
})
