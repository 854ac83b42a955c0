/**
 * The four event series of a band-passed signal that DIO and Harvest measure periods between:
 * falling and rising zero crossings, peaks and dips. Positions in samples, ascending.
 */
export interface Crossings {
  readonly falling: EventSeries
  readonly rising: EventSeries
  readonly peaks: EventSeries
  readonly dips: EventSeries
}

export interface EventSeries {
  positions: Float64Array
  count: number
}

/** Work space for signals of up to `capacity` samples. */
export function createCrossings(capacity: number): Crossings {
  const series = (): EventSeries => ({ positions: new Float64Array(capacity + 1), count: 0 })
  return { falling: series(), rising: series(), peaks: series(), dips: series() }
}

/**
 * Finds the events of signal[0 .. length - 1], whose first sample has index `origin`. A crossing from sample i - 1
 * to i is put at i - s[i-1] / (s[i] - s[i-1]): one sample late, which the callers' filters make up for.
 */
export function findCrossings(signal: Float64Array, length: number, origin: number, found: Crossings): void {
  const falling = found.falling.positions
  const rising = found.rising.positions
  const peaks = found.peaks.positions
  const dips = found.dips.positions
  let fallingCount = 0
  let risingCount = 0
  let peakCount = 0
  let dipCount = 0
  let previous = signal[0]
  let previousSlope = 0
  for (let i = 1; i < length; i++) {
    const current = signal[i]
    const slope = current - previous
    if (previous > 0 && current <= 0) falling[fallingCount++] = origin + i - previous / slope
    else if (previous < 0 && current >= 0) rising[risingCount++] = origin + i - previous / slope
    if (previousSlope > 0 && slope <= 0) {
      peaks[peakCount++] = origin + i - 1 - previousSlope / (slope - previousSlope)
    } else if (previousSlope < 0 && slope >= 0) {
      dips[dipCount++] = origin + i - 1 - previousSlope / (slope - previousSlope)
    }
    previous = current
    previousSlope = slope
  }
  found.falling.count = fallingCount
  found.rising.count = risingCount
  found.peaks.count = peakCount
  found.dips.count = dipCount
}

/** Every series needs more than two intervals to say anything. */
export const areEnough = ({ falling, rising, peaks, dips }: Crossings): boolean =>
  Math.min(falling.count, rising.count, peaks.count, dips.count) > 3

/**
 * The frequency of the series at `count` frames from `firstFrame` on: each interval's frequency counts at its
 * midpoint, linear between midpoints and beyond the outermost. `spacing` is samples a frame, `fs` the signal's rate.
 */
export function frequencyAtFrames(
  { positions, count: eventCount }: EventSeries,
  fs: number,
  spacing: number,
  firstFrame: number,
  count: number,
  output: Float64Array,
): void {
  let next = 1
  let position = 0
  let value = 0
  let slope = 0
  let until = -Infinity
  for (let i = 0; i < count; i++) {
    const at = (firstFrame + i) * spacing
    while (at >= until) {
      // Between the midpoints of the intervals (next - 1, next) and (next, next + 1).
      const before = positions[next] - positions[next - 1]
      const after = positions[next + 1] - positions[next]
      position = positions[next - 1] + before / 2
      value = fs / before
      slope = (fs / after - value) / ((before + after) / 2)
      const isLast = next === eventCount - 2
      until = isLast ? Infinity : positions[next] + after / 2
      if (!isLast) next++
    }
    output[i] = value + (at - position) * slope
  }
}
