import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  baseBinSamples,
  createPeaksBuilder,
  decodePeaks,
  encodePeaks,
  readColumns,
} from '../../../../src/shared/dsp/peaks.ts'

const signal = fc
  .tuple(fc.integer({ min: 1, max: 6000 }), fc.integer({ min: 1, max: 2 ** 31 }))
  .map(([count, seed]) => Float32Array.from({ length: count }, (_, index) => Math.sin(seed * (index + 1) ** 2)))

const step = 1 / 32_767

function peaksOf(...channels: Float32Array[]) {
  const builder = createPeaksBuilder()
  builder.push(channels)
  return builder.finish()
}

test('every column holds what its samples reach, at every zoom', () => {
  fc.assert(
    fc.property(
      signal,
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 0, max: 5000 }),
      (samples, width, start) => {
        const columns = readColumns(peaksOf(samples), start, width, 8)
        columns.forEach((column, index) => {
          const span = samples.subarray(start + index * width, start + (index + 1) * width)
          for (const sample of span) {
            expect(column.min).toBeLessThanOrEqual(sample + 1e-7)
            expect(column.max).toBeGreaterThanOrEqual(sample - 1e-7)
          }
        })
      },
    ),
    { numRuns: 60 },
  )
})

test('a coarser bin bounds its eight finer ones and keeps their power', () => {
  fc.assert(
    fc.property(signal, (samples) => {
      const { levels } = peaksOf(samples)
      for (let index = 1; index < levels.length; index++) {
        const [fine, coarse] = [levels[index - 1], levels[index]]
        expect(coarse.binSamples).toBe(fine.binSamples * 8)
        coarse.min.forEach((_, bin) => {
          const children = [bin * 8, bin * 8 + 8] as const
          expect(coarse.min[bin]).toBe(Math.min(...fine.min.subarray(...children)))
          expect(coarse.max[bin]).toBe(Math.max(...fine.max.subarray(...children)))
          const power = fine.rms.subarray(...children).reduce((sum, rms) => sum + rms ** 2, 0)
          const count = fine.rms.subarray(...children).length
          expect(Math.abs(coarse.rms[bin] - Math.sqrt(power / count))).toBeLessThanOrEqual(0.5)
        })
      }
    }),
    { numRuns: 30 },
  )
})

test('columns are never wider than the bins allow: no louder than the loudest sample within a bin of them', () => {
  const samples = new Float32Array(64 * 1000)
  samples[32_000] = 1
  const columns = readColumns(peaksOf(samples), 0, 640, 100)
  expect(columns.filter((column) => column.max > 0).length).toBeLessThanOrEqual(2)
})

test('blocks of any size make the same peaks', () => {
  fc.assert(
    fc.property(signal, fc.integer({ min: 1, max: 500 }), (samples, blockSize) => {
      const builder = createPeaksBuilder()
      for (let start = 0; start < samples.length; start += blockSize) {
        builder.push([samples.subarray(start, start + blockSize)])
      }
      expect(builder.finish()).toEqual(peaksOf(samples))
    }),
    { numRuns: 30 },
  )
})

test('two channels are drawn as one: extremes of either, mean power of both', () => {
  const [column] = readColumns(peaksOf(new Float32Array(64).fill(0.5), new Float32Array(64).fill(-0.25)), 0, 64, 1)
  expect(column.max).toBeCloseTo(0.5, 4)
  expect(column.min).toBeCloseTo(-0.25, 4)
  expect(column.rms).toBeCloseTo(Math.sqrt((0.25 + 0.0625) / 2), 4)
})

test('peaks come back from their bytes, and damaged bytes are refused', () => {
  fc.assert(
    fc.property(signal, (samples) => {
      const peaks = peaksOf(samples)
      const bytes = encodePeaks(peaks)
      expect(decodePeaks(bytes)).toEqual({ ok: true, value: peaks })
      expect(decodePeaks(bytes.subarray(0, bytes.length - 1)).ok).toBe(false)
    }),
    { numRuns: 20 },
  )
  expect(decodePeaks(new Uint8Array(40)).ok).toBe(false)
})

test('silence is flat, and nothing is drawn outside the signal', () => {
  const peaks = peaksOf(new Float32Array(1000))
  expect(readColumns(peaks, -200, 100, 14)).toEqual(Array.from({ length: 14 }, () => ({ min: 0, max: 0, rms: 0 })))
})

test('samples beyond full scale count as full scale', () => {
  const [column] = readColumns(peaksOf(new Float32Array(baseBinSamples).fill(3)), 0, baseBinSamples, 1)
  expect(column.max).toBeCloseTo(1, 6)
  expect(column.rms).toBeLessThanOrEqual(1 + step)
})

test('peaks that say no length, or more levels than any file has, are refused', () => {
  const builder = createPeaksBuilder()
  builder.push([new Float32Array(1000)])
  const whole = encodePeaks(builder.finish())
  for (const lie of [NaN, Infinity, -1, 0.5, 1e300]) {
    const bytes = whole.slice()
    new DataView(bytes.buffer).setFloat64(8, lie, true)
    expect(decodePeaks(bytes).ok).toBe(false)
  }
  // Eight bytes for each: a level without bins, which costs memory all the same.
  const empty = new Uint8Array(16 + 8 * 100_000)
  empty.set(whole.subarray(0, 16))
  const view = new DataView(empty.buffer)
  view.setUint32(4, 100_000, true)
  for (let level = 0; level < 100_000; level++) view.setUint32(16 + 8 * level, 64, true)
  expect(decodePeaks(empty).ok).toBe(false)
})
