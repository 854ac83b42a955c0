import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { plainKernels } from '../../../../src/shared/kernels/kernels.ts'
import { createRestoring, createWhitening } from '../../../../src/shared/vocoder/envelope-filter.ts'
import { codedEnvelopeOf } from '../../../../src/shared/vocoder/features.ts'

const RATE_HZ = 16_000

/** Noise with a resonance, at two levels. */
function colored(count: number): Float64Array {
  const random = createRandom(2)
  const x = new Float64Array(count)
  for (let n = 0; n < count; n++) {
    const level = n < count / 2 ? 0.1 : 0.01
    x[n] = level * random.normal() + 1.6 * (x[n - 1] ?? 0) - 0.81 * (x[n - 2] ?? 0)
  }
  return x
}

const x = colored(RATE_HZ / 2)
const cepstra = codedEnvelopeOf(x, new Float64Array(101), plainKernels)
const power = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0) / values.length

test('what is taken out of a sound is put back, to 150 dB', () => {
  const back = createRestoring(cepstra).apply(createWhitening(cepstra).apply(x))
  const error = power(x.map((value, n) => value - back[n]))
  expect(10 * Math.log10(power(x) / error)).toBeGreaterThan(150)
})

test('without its envelope a sound is white and of power 1, wherever it is loud or faint', () => {
  const white = createWhitening(cepstra).apply(x)
  for (const part of [white.subarray(800, 3600), white.subarray(4400, 7600)]) {
    expect(power(part)).toBeGreaterThan(0.7)
    expect(power(part)).toBeLessThan(1.4)
    const beside = part.reduce((sum, value, n) => sum + value * (part[n - 1] ?? 0), 0) / part.length
    expect(Math.abs(beside / power(part))).toBeLessThan(0.15)
  }
})

test('pieces of any length give the bits of the whole', () => {
  const whole = createRestoring(cepstra).apply(x)
  const filter = createRestoring(cepstra)
  const pieces: number[] = []
  for (let at = 0, count = 1; at < x.length; at += count, count = (count * 7) % 601)
    pieces.push(...filter.apply(x.subarray(at, at + count)))
  expect(Float64Array.from(pieces)).toEqual(whole)
})
