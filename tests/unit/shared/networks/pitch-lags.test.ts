import '@tensorflow/tfjs-backend-cpu'
import { setBackend } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import type { WavenetBatch } from '../../../../src/shared/networks/wavenet-autoencoder/batch.ts'
import {
  decoderReach,
  MOST_LAG_SAMPLES,
  wavenetAutoencoderSizes,
} from '../../../../src/shared/networks/wavenet-autoencoder/config.ts'
import {
  autoencoderGradient,
  measureLosses,
  noConfusion,
} from '../../../../src/shared/networks/wavenet-autoencoder/gradients.ts'
import { initializeWavenetAutoencoder } from '../../../../src/shared/networks/wavenet-autoencoder/initialize.ts'
import { levelInput } from '../../../../src/shared/networks/wavenet-autoencoder/network.ts'
import { wavenetAutoencoderShapes } from '../../../../src/shared/networks/wavenet-autoencoder/parameters.ts'
import { parseWavenetConfig } from '../../../../src/shared/networks/wavenet-autoencoder/parse-config.ts'
import { gatherLags, lagsOf } from '../../../../src/shared/networks/wavenet-autoencoder/pitch-lags.ts'
import { pitchInput } from '../../../../src/shared/networks/wavenet-autoencoder/pitch-track.ts'
import { createParameterLayout, packParameters } from '../../../../src/shared/nn/parameters.ts'

const TAPS = 5
const { tiny } = wavenetAutoencoderSizes
const config = { ...tiny, lagTaps: TAPS }

describe('how long a period is', () => {
  test('is the rate through the pitch in whole samples, and 0 where there is none', () => {
    const track = Float32Array.of(pitchInput(440), pitchInput(440), 0, 0)
    expect([...lagsOf(track, 1, 7)]).toEqual([36, 36, 36, 0, 0, 0, 0])
  })

  test('goes from frame to frame within a note, and jumps where one ends', () => {
    const rising = Float32Array.of(pitchInput(200), pitchInput(400))
    expect([...lagsOf(rising, 1, 3)]).toEqual([80, 53, 40])
    expect([...lagsOf(Float32Array.of(pitchInput(200), 0), 1, 5)]).toEqual([80, 80, 0, 0, 0])
  })

  test('is of each item alone, whatever the others are', () => {
    const two = lagsOf(Float32Array.of(0, 0, pitchInput(160), pitchInput(160)), 2, 4)
    expect([...two]).toEqual([0, 0, 0, 0, 100, 100, 100, 100])
  })

  test('leaves every tap in the past, and none farther than the reach, at any pitch', () => {
    const tracks = fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(tracks, (hz) => {
        for (const lag of lagsOf(Float32Array.from(hz, pitchInput), 1, 20)) {
          if (lag === 0) continue
          expect(lag).toBeGreaterThan(TAPS)
          expect(lag).toBeLessThanOrEqual(MOST_LAG_SAMPLES)
        }
      }),
    )
    expect(decoderReach(config)).toBe(decoderReach(tiny) - 2 + MOST_LAG_SAMPLES + 2)
  })
})

describe('what the taps hear', () => {
  const random = createRandom(5)
  const levels = Uint8Array.from({ length: 2 * 40 }, () => random.integer(256))
  const lags = Uint16Array.from(levels, (_, index) => (index % 7 === 0 ? 0 : 10 + (index % 5)))

  test('are the samples around a period back; nothing where unvoiced, before the beginning or of another item', () => {
    const heard = gatherLags(levels, lags, 2, TAPS)
    const expected = [...levels.keys()].flatMap((index) =>
      [-2, -1, 0, 1, 2].map((offset) => {
        const place = (index % 40) - lags[index] + offset
        return lags[index] === 0 || place < 0 ? 0 : levelInput(levels[index - lags[index] + offset])
      }),
    )
    expect([...heard]).toEqual([...Float32Array.from(expected)])
  })

  test('a sample changes what later ones hear alone', () => {
    const before = gatherLags(levels, lags, 2, TAPS)
    const changed = levels.slice()
    changed[20] = 255 - changed[20]
    const after = gatherLags(changed, lags, 2, TAPS)
    const rows = [...levels.keys()].filter((index) =>
      [...Array(TAPS).keys()].some((tap) => before[index * TAPS + tap] !== after[index * TAPS + tap]),
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(Math.min(...rows)).toBeGreaterThan(20)
    expect(Math.max(...rows)).toBeLessThan(40)
  })
})

describe('a network that hears them', () => {
  beforeAll(() => setBackend('cpu'))
  const layout = createParameterLayout(wavenetAutoencoderShapes(config, 2))
  const network = { config, layout, singerCount: 2 }
  const random = createRandom(8)
  /** Far enough from the beginning that every tap counts. */
  const weights = packParameters(layout, initializeWavenetAutoencoder(config, 2, random)).map((weight) => 3 * weight)
  const sampleCount = 6 * config.hop
  const drawn = () => Uint8Array.from({ length: 2 * sampleCount }, () => random.integer(256))
  const target = drawn()
  const batch: WavenetBatch = {
    sampleCount,
    target,
    heard: target,
    past: drawn(),
    singerIndices: [0, 1],
    pitch: Float32Array.from({ length: 2 * 6 * 8 }, (_, frame) => (frame % 9 < 3 ? 0 : 0.2 + 0.01 * frame)),
  }

  test('has a weight more for each tap and channel, and no bias', () => {
    const added = [...wavenetAutoencoderShapes(config, 2)].filter(
      ([name]) => !wavenetAutoencoderShapes(tiny, 2).has(name),
    )
    expect(added).toEqual([['decoder/lags/weight', [tiny.decoder.channels, TAPS, 1]]])
  })

  test('learns them by the slopes that small steps show, from the past that it is led by', async () => {
    const { gradient } = await autoencoderGradient(network, weights, batch, noConfusion)
    const slopes = gradient.get('decoder/lags/weight')
    const { offset = 0 } = layout.entries.find(({ name }) => name === 'decoder/lags/weight') ?? {}
    for (const place of [0, 13, 28]) {
      const at = async (step: number) => {
        const moved = weights.slice()
        moved[offset + place] += step
        return (await measureLosses(network, moved, batch)).reconstruction
      }
      const shown = ((await at(0.02)) - (await at(-0.02))) / 0.04
      expect(Math.abs((slopes?.[place] ?? NaN) / shown - 1)).toBeLessThan(0.08)
      expect(Math.abs(shown)).toBeGreaterThan(1e-3)
    }
  })
})

describe('the strides of an encoder', () => {
  const strided = { ...tiny, encoder: { channels: 6, strides: [4, 2], blocks: 1, layersPerBlock: 4 } }

  test('are read and written again', () => {
    expect(JSON.stringify(parseWavenetConfig(strided))).toBe(JSON.stringify({ ok: true, value: strided }))
  })

  test.each([[[]], [[1]], [[33]], [[2, 2, 2, 2, 2]], [[2.5]], ['2'], [null], [{}]])(
    '%j are refused by name',
    (strides) => {
      const parsed = parseWavenetConfig({ ...strided, encoder: { ...strided.encoder, strides } })
      expect(JSON.stringify(parsed)).toContain('encoder.strides: expected 1 to 4 numbers from 2 to 32')
    },
  )

  test('divide the hop', () => {
    const parsed = parseWavenetConfig({ ...strided, encoder: { ...strided.encoder, strides: [3] } })
    expect(JSON.stringify(parsed)).toContain('hop: expected a multiple of the encoder')
  })
})

describe('the number of taps', () => {
  test('is read and written again, and what has none stays what it was', () => {
    expect(parseWavenetConfig(config)).toEqual({ ok: true, value: config })
    expect(JSON.stringify(parseWavenetConfig(tiny))).toBe(JSON.stringify({ ok: true, value: tiny }))
  })

  test.each([0, 10, 1.5, -5, '5', null, {}])('%j is refused by name', (lagTaps) => {
    const parsed = parseWavenetConfig({ ...tiny, lagTaps })
    expect(parsed.ok).toBe(false)
    expect(JSON.stringify(parsed)).toContain('lagTaps: expected 1 to 9')
  })

  test('means nothing where the decoder is told no pitch', () => {
    expect(parseWavenetConfig({ ...config, hasPitch: false })).toEqual({
      ok: true,
      value: { ...tiny, hasPitch: false },
    })
  })
})
