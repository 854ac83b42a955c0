import { expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import {
  spectralAutoencoderSizes,
  type SpectralAutoencoderConfig,
} from '../../../../../src/shared/networks/spectral-autoencoder/config.ts'
import { createInference, type ReadRows } from '../../../../../src/shared/networks/spectral-autoencoder/inference.ts'
import { scratchInMemory, type OpenScratch } from '../../../../../src/shared/base/scratch.ts'
import { initializeParameters } from '../../../../../src/shared/networks/spectral-autoencoder/initialize.ts'

const { tiny, standard } = spectralAutoencoderSizes

function untrained(config: SpectralAutoencoderConfig) {
  const parameters = initializeParameters(config, 1, createRandom(7))
  const row = parameters.get('singers/table')?.values ?? new Float32Array(0)
  return { inference: createInference(parameters, config), row }
}

/** Rows of noise that are the same whenever they are asked for. */
function noiseRows(frameCount: number, width: number, seed: number): ReadRows {
  const random = createRandom(seed)
  const rows = Float64Array.from({ length: frameCount * width }, () => random.normal())
  return (first, count, output) => output.set(rows.subarray(first * width, (first + count) * width))
}

test.each([['tiny', tiny] as const, ['standard', standard] as const])(
  'the %s decoder gives the same bits in pieces as in one',
  (_, config) => {
    const frameCount = 131
    const { inference, row } = untrained(config)
    const latent = Float32Array.from({ length: Math.ceil(frameCount / 2) * config.latent }, (_, at) => Math.sin(at))
    const readAuxiliary = noiseRows(frameCount, 3, 2)
    const whole = inference.decode(latent, row, frameCount, readAuxiliary, 0, frameCount)
    for (const [first, count] of [
      [0, 1],
      [17, 40],
      [57, 74],
    ]) {
      const piece = inference.decode(latent, row, frameCount, readAuxiliary, first, count)
      expect(piece).toEqual(whole.slice(first * 64, (first + count) * 64))
    }
  },
)

test('the encoder gives one latent for every two frames, also of odd and tiny files', () => {
  const { inference } = untrained(tiny)
  for (const frameCount of [1, 2, 3, 255, 256, 257, 700]) {
    const latent = inference.encode(frameCount, noiseRows(frameCount, 57, 3))
    expect(latent.length).toBe(Math.ceil(frameCount / 2) * tiny.latent)
    expect(latent.every(Number.isFinite)).toBe(true)
  }
})

test('over active frames the latent has mean 0 and deviation 1', () => {
  const { inference } = untrained(tiny)
  const rows = noiseRows(400, 57, 5)
  const allActive: ReadRows = (first, count, output) => {
    rows(first, count, output)
    for (let index = 0; index < count; index++) output[index * 57 + 56] = 0
  }
  const latent = inference.encode(400, allActive)
  for (let channel = 0; channel < tiny.latent; channel++) {
    const values = Array.from({ length: 200 }, (_, frame) => latent[frame * tiny.latent + channel])
    const mean = values.reduce((sum, value) => sum + value, 0) / 200
    expect(mean).toBeCloseTo(0, 5)
    expect(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 200).toBeCloseTo(1, 1)
  }
})

test('silence around a voice hardly moves its latent', () => {
  const { inference } = untrained(tiny)
  const rows = noiseRows(400, 57, 6)
  const voice: ReadRows = (first, count, output) => {
    rows(first, count, output)
    for (let index = 0; index < count; index++) output[index * 57 + 56] = 0
  }
  const silence = 400
  const padded: ReadRows = (first, count, output) => {
    output.fill(0, 0, count * 57)
    for (let index = 0; index < count; index++) {
      const frame = first + index - silence
      if (frame < 0 || frame >= 400) output[index * 57 + 56] = -3
      else voice(frame, 1, output.subarray(index * 57))
    }
  }
  const alone = inference.encode(400, voice)
  const inside = inference.encode(400 + 2 * silence, padded)
  let greatest = 0
  for (let frame = 20; frame < 180; frame++)
    for (let channel = 0; channel < tiny.latent; channel++)
      greatest = Math.max(
        greatest,
        Math.abs(alone[frame * tiny.latent + channel] - inside[(frame + silence / 2) * tiny.latent + channel]),
      )
  expect(greatest).toBeLessThan(0.05)
})

test('of a long file’s layers the encoder asks for some hundred frames at a time', () => {
  const frameCount = 3000
  const parameters = initializeParameters(tiny, 1, createRandom(7))
  const readInput = noiseRows(frameCount, 57, 9)
  let longest = 0
  const openScratch: OpenScratch = (length) => {
    const { write, read } = scratchInMemory(length)
    const note = (values: Float32Array) => (longest = Math.max(longest, values.length))
    return {
      write: (at, values) => (note(values), write(at, values)),
      read: (at, output) => (note(output), read(at, output)),
    }
  }
  const { encode } = createInference(parameters, tiny)
  expect(encode(frameCount, readInput, undefined, openScratch)).toEqual(encode(frameCount, readInput))
  expect(longest).toBeLessThan(300 * 4 * tiny.channels)
})
