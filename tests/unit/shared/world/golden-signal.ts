import golden from '../../../golden/world.json' with { type: 'json' }

export const goldenRates = ['16000', '22050', '44100'] as const
export type GoldenRate = (typeof goldenRates)[number]

/** The reference's numbers at one rate; pitch as typed arrays. */
export const goldenAt = (rate: GoldenRate) => ({ ...golden[rate], f0: Float64Array.from(golden[rate].harvest) })

/** One second whose pitch swings twice between 150 and 250 Hz, 20 harmonics of amplitude 0.1 / h, silent edges. */
export function signalOf(rate: GoldenRate): Float64Array {
  const fs = Number(rate)
  let phase = 0
  return Float64Array.from({ length: fs }, (_, i) => {
    const t = i / fs
    phase += (2 * Math.PI * (200 + 50 * Math.sin(4 * Math.PI * t))) / fs
    if (t < 0.1 || t >= 0.9) return 0
    let sum = 0
    for (let h = 1; h <= 20; h++) sum += Math.cos(h * phase) / h
    return 0.1 * sum
  })
}

export const everyNth = (values: Float64Array, n: number): Float64Array => values.filter((_, i) => i % n === 0)

/** Largest absolute difference; infinite if the lengths differ or a value is no number. */
export function largestDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Infinity
  return Array.from(expected).reduce((most, value, i) => {
    const difference = Math.abs(found[i] - value)
    return Number.isNaN(difference) ? Infinity : Math.max(most, difference)
  }, 0)
}

/** Largest difference relative to the expected value. */
export const largestRelativeDifference = (found: ArrayLike<number>, expected: ArrayLike<number>): number =>
  largestDifference(
    Array.from(found, (value, i) => value / expected[i]),
    Array.from(expected, () => 1),
  )
