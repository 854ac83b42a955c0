import type { Numbers } from './numbers.ts'

/** Positions are held this far inside the last sample, so that four points are always there. */
const INNER_MARGIN = 3.001

/**
 * Reads a signal at a fractional position by the four-point cubic Hermite (Catmull-Rom) polynomial.
 * Position in samples, held in 1 … length − 3.001. The signal must have at least four samples.
 * Source: Niemitalo 2001, "Polynomial interpolators for high-quality resampling of oversampled audio".
 */
export function readHermite(signal: Numbers, position: number): number {
  const held = Math.min(Math.max(position, 1), signal.length - INNER_MARGIN)
  const index = Math.floor(held)
  const fraction = held - index
  const a = signal[index - 1]
  const b = signal[index]
  const c = signal[index + 1]
  const d = signal[index + 2]
  return b + 0.5 * fraction * (c - a + fraction * (2 * a - 5 * b + 4 * c - d + fraction * (3 * (b - c) + d - a)))
}
