import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { FailureError } from '../../../../src/shared/base/errors.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { createPitchKernel, type PitchKernel } from '../../../../src/shared/kernels/pitch.ts'
import { connectDio, dio, prepareDio } from '../../../../src/shared/world/dio.ts'
import { dioSpans, searchDioSpan } from '../../../../src/shared/world/dio/search.ts'
import { connectHarvest, harvest, prepareHarvest } from '../../../../src/shared/world/harvest.ts'
import { searchSpan, searchSpans } from '../../../../src/shared/world/harvest/search.ts'
import { frameCount, stoneMask } from '../../../../src/shared/world/index.ts'
import { goldenAt, goldenRates, largestDifference, signalOf } from './golden-signal.ts'
import { hiss, sung } from './test-sounds.ts'

let kernel: PitchKernel
beforeAll(async () => {
  kernel = createPitchKernel(await compiledKernel('pitch'))
})

const rates = [16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]
const range = { f0FloorHz: 65, f0CeilHz: 1000 }

describe.each(goldenRates)('the kernel at %s Hz', (rate) => {
  const fs = Number(rate)
  const x = signalOf(rate)
  const golden = goldenAt(rate)

  test('finds the reference pitch by Harvest', () => {
    expect(largestDifference(harvest(x, fs, {}, kernel), golden.harvest)).toBeLessThan(1e-4)
    const compatible = harvest(x, fs, { worldCompat: true }, kernel)
    expect(largestDifference(compatible, golden.harvest)).toBeLessThan(1e-4)
  })

  test('finds the reference pitch by DIO', () => {
    const found = dio(x, fs, {}, kernel)
    // The last voiced frame leans on a crossing in digital silence, which the transform's rounding decides.
    const edge = 179
    expect(Math.abs(found[edge] - golden.dio[edge])).toBeLessThan(0.2)
    found[edge] = golden.dio[edge]
    expect(largestDifference(found, golden.dio)).toBeLessThan(1e-4)
  })

  test('refines to the reference pitch by StoneMask', () => {
    const found = stoneMask(x, fs, Float64Array.from(golden.dio), 0.005, kernel)
    expect(largestDifference(found, golden.stonemask)).toBeLessThan(1e-4)
  })
})

const anySound = fc.record({
  fs: fc.constantFrom(...rates),
  seconds: fc.double({ min: 0.05, max: 0.6, noNaN: true }),
  f0Hz: fc.double({ min: 60, max: 1100, noNaN: true }),
  seed: fc.integer({ min: 1, max: 1e6 }),
  noise: fc.constantFrom(1e-5, 1e-3, 0.1),
})

test('the kernel finds the pitch that its plain twins find', () => {
  fc.assert(
    fc.property(anySound, ({ fs, seconds, f0Hz, seed, noise }) => {
      const x = sung(f0Hz, Math.round(seconds * fs), fs, seed, noise)
      expectSame(harvest(x, fs, range, kernel), harvest(x, fs, range))
      const coarse = dio(x, fs, range)
      expectSame(dio(x, fs, range, kernel), coarse)
      expectSame(stoneMask(x, fs, coarse, 0.005, kernel), stoneMask(x, fs, coarse))
    }),
    { numRuns: 25 },
  )
})

function expectSame(found: Float64Array, expected: Float64Array): void {
  expect(found).toHaveLength(expected.length)
  for (let i = 0; i < expected.length; i++) {
    if (Math.abs(found[i] - expected[i]) <= 1e-9 * expected[i]) continue
    expect.fail(`frame ${i}: ${found[i]} instead of ${expected[i]}`)
  }
}

/** Of steady tones of ten harmonics in a range: the share of frames without pitch, and the largest error found. */
function steadyTones(lowHz: number, highHz: number, worldCompat: boolean): { missed: number; cents: number } {
  const fs = 24_000
  const tones = 24
  const options = { f0FloorHz: 65, f0CeilHz: 1200, worldCompat }
  let missed = 0
  let count = 0
  let cents = 0
  for (let tone = 0; tone < tones; tone++) {
    const f0Hz = lowHz * (highHz / lowHz) ** ((tone + 0.5) / tones)
    const x = hiss(0.4 * fs, tone + 1, 0.01).map((value, i) => {
      let sum = 0
      for (let h = 1; h <= 10 && h * f0Hz < 8000; h++) sum += Math.cos((2 * Math.PI * h * f0Hz * i) / fs) / h
      return value + 0.1 * sum
    })
    for (const found of harvest(x, fs, options, kernel).slice(20, -20)) {
      count++
      if (found === 0) missed++
      else cents = Math.max(cents, Math.abs(1200 * Math.log2(found / f0Hz)))
    }
  }
  return { missed: missed / count, cents }
}

test('harmonics that the decimation took away are not asked: high tones are found where the reference misses them', () => {
  const [asked, reference] = [false, true].map((worldCompat) => steadyTones(940, 1100, worldCompat))
  expect(asked.missed).toBeLessThan(0.02)
  expect(asked.cents).toBeLessThan(4)
  expect(reference.missed).toBeGreaterThan(0.2)
  expect(reference.cents).toBeGreaterThan(6)
  expect(steadyTones(70, 530, false)).toEqual(steadyTones(70, 530, true))
})

describe.each(['kernel', 'plain twin'])('the %s', (which) => {
  const used = (): PitchKernel | undefined => (which === 'kernel' ? kernel : undefined)

  test('finds the same pitch in a delayed sound, delayed', () => {
    for (const fs of [16_000, 44_100]) {
      const length = Math.round(0.8 * fs)
      // Whole frames, and whole steps of the decimation.
      const delayFrames = 24
      const delay = (delayFrames * fs) / 200
      const whole = sung(180, length + delay, fs, 7, 1e-4)
      const [early, late] = [whole.subarray(0, length), whole.subarray(delay)]
      const edge = 30
      for (const find of [harvest, dio]) {
        const later = find(early, fs, {}, used()).slice(edge + delayFrames, -edge)
        const sooner = find(late, fs, {}, used()).slice(edge, -edge - delayFrames)
        expect(later.every((f0) => f0 > 0)).toBe(true)
        expect(largestDifference(sooner, later)).toBeLessThan(1e-6)
      }
    }
  })

  test('gives finite numbers for every finite sound, of any length', () => {
    const kinds = fc.constantFrom('silence', 'constant', 'impulses', 'full-scale noise', 'faint noise', 'sung')
    const lengths = fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 65, max: 12_000 }))
    fc.assert(
      fc.property(kinds, lengths, fc.constantFrom(...rates, 8000), (kind, length, fs) => {
        const x = soundOf(kind, length, fs)
        const found = [harvest(x, fs, {}, used()), dio(x, fs, {}, used())]
        found.push(stoneMask(x, fs, found[1], 0.005, used()))
        found.push(stoneMask(x, fs, new Float64Array(frameCount(length, fs)).fill(220), 0.005, used()))
        for (const f0 of found) {
          expect(f0).toHaveLength(frameCount(length, fs))
          expect(f0.every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
        }
      }),
      { numRuns: which === 'kernel' ? 120 : 40 },
    )
  })

  test('gives the numbers of the whole when the spans are searched in any order', () => {
    const fs = 8000
    const x = sung(140, 21.5 * fs, fs, 3, 1e-3)
    const search = prepareHarvest(x, fs)
    const spans = searchSpans(search)
    expect(spans).toHaveLength(2)
    const [second, first] = [spans[1], spans[0]].map((span) => searchSpan(search, span, used()))
    const whole = harvest(x, fs, {}, used())
    expect(connectHarvest(x.length, fs, {}, [first, second])).toEqual(whole)
    const dioSearch = prepareDio(x, fs)
    const dioParts = dioSpans(dioSearch)
      .reverse()
      .map((span) => searchDioSpan(dioSearch, span, used()))
      .reverse()
    expect(connectDio(dioSearch, {}, dioParts)).toEqual(dio(x, fs, {}, used()))

    // Where one span ends and the next begins, the pitch is that of a search without a border there.
    const around = harvest(x.subarray(19 * fs), fs, {}, used()).slice(200 - 40, 200 + 40)
    expect(largestDifference(whole.slice(20 * 200 - 40, 20 * 200 + 40), around)).toBeLessThan(1e-6)
  })
})

function soundOf(kind: string, length: number, fs: number): Float64Array {
  switch (kind) {
    case 'silence':
      return new Float64Array(length)
    case 'constant':
      return new Float64Array(length).fill(0.7)
    case 'impulses':
      return Float64Array.from({ length }, (_, i) => (i % 977 === 5 ? 1 : 0))
    case 'full-scale noise':
      return hiss(length, 5, 1)
    case 'faint noise':
      return hiss(length, 5, 1e-300)
    default:
      return sung(330, length, fs, 5, 0)
  }
}

function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (cause) {
    if (cause instanceof FailureError) return cause.failure.code
    throw cause
  }
  return 'none'
}

describe('refused with a code', () => {
  const x = sung(200, 4000, 16_000, 1, 0)
  const broken = (value: number) => x.map((sample, i) => (i === 1234 ? value : sample))
  const searches = [
    ['Harvest', (sound: Float64Array, fs: number) => harvest(sound, fs)],
    ['DIO', (sound: Float64Array, fs: number) => dio(sound, fs)],
    ['StoneMask', (sound: Float64Array, fs: number) => stoneMask(sound, fs, new Float64Array(50).fill(200))],
  ] as const

  test.each(searches)('%s takes no rate under 8 kHz', (_name, search) => {
    expect(codeOf(() => search(x, 7999))).toBe('audio-rate-low')
  })

  test.each(searches)('%s takes no sample that is not a number', (_name, search) => {
    for (const value of [NaN, Infinity, -Infinity]) {
      expect(codeOf(() => search(broken(value), 16_000))).toBe('audio-not-finite')
    }
  })
})
