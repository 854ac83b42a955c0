import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../../../src/shared/base/random.ts'
import { codeChange, pitchChange } from '../../../../../../src/shared/conversion/emotions/relgan/code-change.ts'
import { codeVoice } from '../../../../../../src/shared/conversion/emotions/relgan/coded-voice.ts'
import {
  middleNormal,
  normalizedMap,
  type EmotionNormal,
} from '../../../../../../src/shared/conversion/emotions/relgan/emotion-normal.ts'
import {
  bandsOfCode,
  codeBands,
  codePower,
  CODED_RATE_HZ,
} from '../../../../../../src/shared/conversion/emotions/relgan/envelope-code.ts'
import { levelOf } from '../../../../../../src/shared/conversion/emotions/relgan/level-change.ts'
import {
  attributeOver,
  measureRegion,
  planRegionWindows,
  windowMap,
  windowWeight,
} from '../../../../../../src/shared/conversion/emotions/relgan/region-code.ts'
import { melBands } from '../../../../../../src/shared/conversion/features.ts'
import { rowsOf } from '../../../../../../src/shared/conversion/frame-rows.ts'
import { plainKernels } from '../../../../../../src/shared/kernels/kernels.ts'
import { CEPSTRA } from '../../../../../../src/shared/networks/relgan/config.ts'
import { encodeEnvelope, envelopeFftSize } from '../../../../../../src/shared/world/index.ts'

const BANDS = 64
const BINS = envelopeFftSize(CODED_RATE_HZ) / 2 + 1
/** Formants over a falling slope, in ln of power: smooth enough for 36 coefficients. */
const logPower = (hz: number) =>
  -2 - hz / 2500 + 3 * Math.exp(-(((hz - 600) / 350) ** 2)) + 2 * Math.exp(-(((hz - 2400) / 600) ** 2))
const bins = Float64Array.from({ length: BINS }, (_, bin) =>
  Math.exp(logPower((bin * CODED_RATE_HZ) / (2 * (BINS - 1)))),
)
const bands = () => melBands().centersHz.map(logPower)
const codeOf = (write: (output: Float64Array) => void) => {
  const output = new Float64Array(CEPSTRA)
  write(output)
  return output
}
const farthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, index) => Math.abs(value - b[index])))

describe('the code of an envelope', () => {
  test('is WORLD’s, but for the number of points it is summed over', () => {
    const world = encodeEnvelope({ frameCount: 1, binCount: BINS, values: bins }, CODED_RATE_HZ, CEPSTRA)
    expect(
      farthest(
        codeOf((output) => codePower(bins, 11_025, output)),
        world,
      ),
    ).toBeLessThan(0.03)
  })

  test('is the same from the bins and from the converter’s bands', () => {
    for (const edgeHz of [7600, 11_025]) {
      const fromBins = codeOf((output) => codePower(bins, edgeHz, output))
      expect(
        farthest(
          codeOf((output) => codeBands(bands(), edgeHz, output)),
          fromBins,
        ),
      ).toBeLessThan(0.05)
    }
  })

  test('comes back as the envelope, held above its edge', () => {
    const back = new Float64Array(BANDS)
    bandsOfCode(
      codeOf((output) => codeBands(bands(), 7600, output)),
      7600,
      back,
    )
    const expected = melBands().centersHz.map((hz) => logPower(Math.min(hz, 7600)))
    expect(farthest(back, expected)).toBeLessThan(0.15)
  })

  test('knows nothing of what is above its edge', () => {
    const cut = bands().map((value, band) => (melBands().centersHz[band] > 8200 ? -30 : value))
    const whole = codeOf((output) => codeBands(bands(), 7600, output))
    expect(
      farthest(
        codeOf((output) => codeBands(cut, 7600, output)),
        whole,
      ),
    ).toBe(0)
  })
})

describe('a coded voice', () => {
  const resample = () => {
    throw new Error('the sound has the right rate')
  }
  const tone = (count: number, from: number, to: number) =>
    Float32Array.from({ length: count }, (_, index) =>
      index < from || index >= to
        ? 0
        : [1, 2, 3, 4].reduce((sum, k) => sum + Math.sin((2 * Math.PI * 150 * k * index) / CODED_RATE_HZ) / k, 0) *
          0.05,
    )

  test('is the same at any level, and leaves silence out', () => {
    const quiet = tone(22_050, 6000, 16_000)
    const loud = quiet.map((sample) => 8 * sample)
    const code = codeVoice(quiet, CODED_RATE_HZ, 11_025, resample, plainKernels)
    expect(code.f0.length).toBeGreaterThan(80)
    expect(code.f0.length).toBeLessThan(110)
    expect(code.cepstra).toHaveLength(code.f0.length * CEPSTRA)
    expect(farthest(codeVoice(loud, CODED_RATE_HZ, 11_025, resample, plainKernels).cepstra, code.cepstra)).toBeLessThan(
      1e-3,
    )
    expect([...code.f0.subarray(20, 70)].every((hz) => Math.abs(hz - 150) < 1)).toBe(true)
  })

  test('is refused where nothing sounds', () => {
    expect(() => codeVoice(new Float32Array(0), CODED_RATE_HZ, 11_025, resample, plainKernels)).toThrow(/no samples/)
    expect(() => codeVoice(new Float32Array(900), CODED_RATE_HZ, 11_025, resample, plainKernels)).toThrow(/silent/)
  })
})

const normalOf = (mean: number, spread: number, logF0Mean = 5, logF0Spread = 0.2): EmotionNormal => ({
  mean: new Float32Array(CEPSTRA).fill(mean),
  spread: new Float32Array(CEPSTRA).fill(spread),
  logF0Mean,
  logF0Spread,
})

describe('a change of the code', () => {
  const way = { source: normalOf(1, 2), target: normalOf(4, 3) }
  const [whole, none] = [new Float32Array(2 * CEPSTRA).fill(0.5), new Float32Array(2 * CEPSTRA).fill(0.25)]

  test('is what the generator makes with the attribute less what it makes without, each brought back to size', () => {
    // Full: 0.5 · 3 + 4 less 0.25 · 2 + 1. Half: 0.5 · 2.5 + 2.5 less the same.
    expect(codeChange(whole, none, way, 1)[0]).toBeCloseTo(4, 6)
    expect(codeChange(whole, none, way, 0.5)[40]).toBeCloseTo(2.25, 6)
  })

  test('is nothing at an intensity of 0, also in the middle of a curve', () => {
    expect(codeChange(whole, none, way, 0).every((value) => value === 0)).toBe(true)
    const change = codeChange(whole, none, way, Float64Array.of(1, 0))
    expect(change.subarray(CEPSTRA).every((value) => value === 0)).toBe(true)
    expect(change[0]).toBeCloseTo(4, 6)
  })

  test('of pitch goes through the emotions’ means in Hz, and ends at the target', () => {
    const pitchWay = { source: normalOf(0, 1, Math.log(100), 0.1), target: normalOf(0, 1, Math.log(200), 0.3) }
    expect(pitchChange(pitchWay, 0)).toEqual({
      offset: expect.closeTo(0, 9) as number,
      spread: expect.closeTo(1, 9) as number,
    })
    expect(Math.exp(pitchChange(pitchWay, 0.5).offset)).toBeCloseTo(1.5, 9)
    expect(Math.exp(pitchChange(pitchWay, 1).offset)).toBeCloseTo(2, 9)
    expect(pitchChange(pitchWay, 1).spread).toBeCloseTo(3, 9)
  })

  test('starts in the middle of all emotions where none is neutral', () => {
    expect(middleNormal([normalOf(1, 2), normalOf(4, 3)])).toMatchObject({ logF0Mean: 5 })
    expect(middleNormal([normalOf(1, 2), normalOf(4, 3)]).mean[35]).toBe(2.5)
    expect([...attributeOver(1, { firstFrame: 0, frameCount: 1 }, 4, null, 2)]).toEqual([-0.25, -0.25, 0.75, -0.25])
  })
})

describe('a region', () => {
  const random = createRandom(2)
  const frames = 300
  const lm = Float32Array.from({ length: frames * BANDS }, (_, at) => {
    const frame = Math.floor(at / BANDS)
    return (frame < 50 ? -14 : 0) + logPower(melBands().centersHz[at % BANDS]) + 0.3 * random.normal()
  })

  test('is translated as the voice that the model calls normal: its own mean goes', () => {
    const source = normalOf(0.5, 2)
    const region = measureRegion(rowsOf(lm), source, 7600)
    expect(region.active.reduce((sum, one) => sum + one, 0)).toBe(250)
    const map = windowMap(rowsOf(lm), region, { firstFrame: 60, frameCount: 200 }, source, 7600)
    for (const index of [0, 1, 17]) {
      const row = map.subarray(index * 200, (index + 1) * 200)
      expect(row.reduce((sum, value) => sum + value, 0) / 200).toBeCloseTo(0, 1)
    }
  })

  test('is covered by windows of a multiple of four frames whose weights sum to one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (frameCount) => {
        const windows = planRegionWindows(frameCount)
        const sums = new Float64Array(frameCount)
        windows.forEach((window, index) => {
          expect(window.frameCount % 4).toBe(0)
          for (let frame = 0; frame < window.frameCount; frame++) {
            const at = window.firstFrame + frame
            if (at < frameCount) sums[at] += windowWeight(index, windows.length, frame)
          }
        })
        expect(sums.every((sum) => Math.abs(sum - 1) < 1e-9)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('gets louder and softer as its bands say, around the loudness it had', () => {
    const region = measureRegion(rowsOf(lm), normalOf(0, 1), 7600)
    const shapes = Float32Array.from({ length: lm.length }, (_, at) => (Math.floor(at / BANDS) < 175 ? 1 : 0.5))
    const level = levelOf(rowsOf(lm), rowsOf(shapes), region, 1)
    expect(level[100] - level[200]).toBeCloseTo(0.5, 3)
    const active = level.filter((_, frame) => region.active[frame] === 1)
    expect(active.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 6)
    const curve = Float64Array.from({ length: frames }, (_, frame) => (frame < 150 ? 0 : 1))
    expect(
      levelOf(rowsOf(lm), rowsOf(shapes), region, curve)
        .subarray(0, 150)
        .every((value) => value === 0),
    ).toBe(true)
  })
})

test('a map is normalized coefficient by coefficient, frequency before time', () => {
  const cepstra = Float32Array.from({ length: 3 * CEPSTRA }, (_, at) => 10 * Math.floor(at / CEPSTRA) + (at % CEPSTRA))
  const map = normalizedMap(cepstra, normalOf(4, 2))
  expect([...map.subarray(7 * 3, 8 * 3)]).toEqual([1.5, 6.5, 11.5])
})
