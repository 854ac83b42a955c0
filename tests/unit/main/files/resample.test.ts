import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createResampler, createStreamResampler, resampledLength } from '../../../../src/main/files/resample.ts'

const rates = [8000, 11_025, 22_050, 44_100, 48_000, 88_200, 96_000, 192_000]

function sine(hz: number, rateHz: number, count: number, amplitude = 0.5): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => amplitude * Math.sin((2 * Math.PI * hz * index) / rateHz))
}

/** Level of the difference against a signal, in dB, leaving out `edge` samples at each end. */
function residualDb(actual: Float32Array, expected: Float32Array, edge: number): number {
  let error = 0
  let power = 0
  for (let index = edge; index < expected.length - edge; index++) {
    error += (actual[index] - expected[index]) ** 2
    power += expected[index] ** 2
  }
  return 10 * Math.log10(error / power)
}

test('the length is exact for any count and any two rates', async () => {
  const resample = await createResampler()
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3000 }),
      fc.constantFrom(...rates),
      fc.constantFrom(...rates),
      (count, fromHz, toHz) => {
        expect(resample(new Float32Array(count), fromHz, toHz).length).toBe(Math.round((count * toHz) / fromHz))
      },
    ),
    { numRuns: 40 },
  )
})

test('an impulse stays where it was, to the first and the last sample', async () => {
  const resample = await createResampler()
  const up = new Float32Array(1001)
  for (const position of [0, 500, 1000]) up[position] = 1
  const twice = resample(up, 24_000, 48_000)
  for (const position of [0, 1000, 2000]) {
    const around = [position - 1, position, position + 1].map((index) => Math.abs(twice[index] ?? 0))
    expect(around[1]).toBe(Math.max(...around))
  }
  expect(twice[999]).toBeCloseTo(twice[1001], 6)
})

test('a sine of 15 kHz comes through every studio rate with less than −100 dB of difference', async () => {
  const resample = await createResampler()
  for (const [fromHz, toHz] of [
    [44_100, 48_000],
    [48_000, 44_100],
    [96_000, 48_000],
    [192_000, 44_100],
  ]) {
    const output = resample(sine(15_000, fromHz, fromHz / 2), fromHz, toHz)
    expect(residualDb(output, sine(15_000, toHz, output.length), 1000)).toBeLessThan(-100)
  }
})

test('what the lower rate cannot hold is gone, not folded back', async () => {
  const resample = await createResampler()
  const output = resample(sine(30_000, 96_000, 48_000, 1), 96_000, 48_000)
  expect(Math.max(...output.subarray(500, -500).map(Math.abs))).toBeLessThan(1e-6)
})

test('a constant stays what it was', async () => {
  const resample = await createResampler()
  const output = resample(new Float32Array(20_000).fill(0.25), 44_100, 48_000)
  expect(Math.max(...output.subarray(500, -500).map((sample) => Math.abs(sample - 0.25)))).toBeLessThan(1e-6)
})

test('the same rate changes nothing', async () => {
  const resample = await createResampler()
  const input = sine(440, 48_000, 1000)
  expect(resample(input, 48_000, 48_000)).toEqual(input)
})

test('one resampler serves one conversion after another without a trace of the one before', async () => {
  const resample = await createResampler()
  const first = resample(sine(440, 44_100, 5000), 44_100, 48_000)
  resample(sine(3000, 8000, 5000, 1), 8000, 48_000)
  expect(resample(sine(440, 44_100, 5000), 44_100, 48_000)).toEqual(first)
})

test('blocks of any size give the same samples as the whole, for both channels', async () => {
  const resample = await createResampler()
  const left = sine(997, 44_100, 30_011)
  const right = sine(5000, 44_100, 30_011, 0.2)
  const whole = [resample(left, 44_100, 48_000), resample(right, 44_100, 48_000)]
  for (const blockSamples of [313, 4096, 17_001]) {
    const stream = await createStreamResampler({ fromHz: 44_100, toHz: 48_000, channelCount: 2 })
    const parts: Float32Array[][] = []
    for (let start = 0; start < left.length; start += blockSamples) {
      parts.push(stream.push([left.subarray(start, start + blockSamples), right.subarray(start, start + blockSamples)]))
    }
    parts.push(stream.finish())
    for (const channel of [0, 1]) {
      const samples = Float32Array.from(parts.flatMap((part) => [...part[channel]]))
      expect(samples.length).toBe(resampledLength(left.length, 44_100, 48_000))
      expect(samples).toEqual(whole[channel])
    }
  }
})
