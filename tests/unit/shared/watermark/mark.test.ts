import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { createMarkDetector, THRESHOLD } from '../../../../src/shared/watermark/detector.ts'
import { DETECTOR_RATE_HZ } from '../../../../src/shared/watermark/levels.ts'
import { createMarker, MARK_DEPTH_DB } from '../../../../src/shared/watermark/marker.ts'
import { BAND_COUNT, CELL_COUNT, CELL_SEC, PERIOD_SEC, patternAt } from '../../../../src/shared/watermark/pattern.ts'

const RATE_HZ = DETECTOR_RATE_HZ

/** Noise that swells and fades a few times a second, as loud as speech is. */
function swellingNoise(durationSec: number, seed: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: Math.round(durationSec * RATE_HZ) }, (_, at) => {
    return 0.1 * random.normal() * (0.3 + Math.sin((2 * Math.PI * 2.3 * at) / RATE_HZ) ** 2)
  })
}

/** What comes out when the sound is given in blocks of these lengths, the last one again and again. */
function markedIn(
  samples: Float32Array,
  blocks: readonly number[],
  rateHz = RATE_HZ,
  depthDb = MARK_DEPTH_DB,
): number[] {
  const marker = createMarker(rateHz, 1, depthDb)
  const out: number[] = []
  for (let at = 0, index = 0; at < samples.length; index++) {
    const count = blocks[Math.min(index, blocks.length - 1)]
    for (const sample of marker.process([samples.subarray(at, at + count)])[0]) out.push(sample)
    at += count
  }
  for (const sample of marker.finish()[0]) out.push(sample)
  return out
}
const marked = (samples: Float32Array) => Float32Array.from(markedIn(samples, [samples.length]))

function heard(samples: Float32Array) {
  const detector = createMarkDetector()
  for (let at = 0; at < samples.length; at += 10_000) detector.push(samples.subarray(at, at + 10_000))
  return detector.finish()
}

test('marked sound has the length of the sound, and the same samples however it is cut into blocks', () => {
  const blocks = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6000 }), blocks, (count, lengths) => {
      const samples = swellingNoise(1, 3).subarray(0, count)
      const whole = markedIn(samples, [samples.length])
      expect(whole.length).toBe(count)
      expect(markedIn(samples, lengths)).toEqual(whole)
    }),
    { numRuns: 40 },
  )
})

test('with a depth of nothing the sound comes back, and silence stays silence', () => {
  const samples = swellingNoise(0.5, 1)
  markedIn(samples, [777], 44_100, 0).forEach((sample, at) => expect(sample).toBeCloseTo(samples[at], 6))
  expect(markedIn(new Float32Array(5000), [500]).every((sample) => sample === 0)).toBe(true)
})

test('all channels are moved alike', () => {
  const samples = swellingNoise(0.4, 2)
  const marker = createMarker(RATE_HZ, 2)
  const parts = [marker.process([samples, samples.map((sample) => sample / 2)]), marker.finish()]
  for (const [left, right] of parts) expect([...right]).toEqual([...left].map((sample) => sample / 2))
})

test('nothing gets louder: each moment has as many bands raised as lowered', () => {
  for (let cell = 0; cell < CELL_COUNT; cell++) {
    const column = Array.from({ length: BAND_COUNT }, (_, band) => patternAt(band, (cell + 0.5) * CELL_SEC))
    expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9)
    expect(column.every((value) => Math.abs(Math.abs(value) - 1) < 1e-9)).toBe(true)
  }
  expect(patternAt(7, 1.234 + PERIOD_SEC)).toBeCloseTo(patternAt(7, 1.234), 9)
})

test('the mark is heard in what carries it, at its place, louder or softer, rounded to 16 bits, and not in what does not', () => {
  const plain = swellingNoise(12, 5)
  const carrying = marked(plain)
  expect(heard(carrying)).toMatchObject({ isMarked: true })
  expect(heard(carrying).startSec % PERIOD_SEC).toBeCloseTo(0, 1)
  const rounded = carrying.map((sample) => Math.round(0.7 * sample * 32_768) / 32_768)
  expect(heard(rounded).isMarked).toBe(true)
  const late = heard(carrying.subarray(Math.round(1.3 * RATE_HZ)))
  expect(late.isMarked).toBe(true)
  expect(late.startSec).toBeCloseTo(1.3, 1)
  expect(heard(plain).score).toBeLessThan(THRESHOLD)
})

test('what is too short for a frame, or silent, has no mark', () => {
  expect(heard(new Float32Array(100))).toMatchObject({ score: 0, isMarked: false })
  expect(heard(new Float32Array(80_000)).isMarked).toBe(false)
})
