/** A straight line through readings, one per cycle, and how sure it is. */
export interface Trend {
  /** Over all of the readings, in their unit. */
  readonly growth: number
  /** One standard error of the growth. */
  readonly error: number
}

/** Least squares; of fewer than three readings, or of readings that lie on a line, nothing is unsure. */
export function trendOf(readings: readonly number[]): Trend {
  const count = readings.length
  const middle = (count - 1) / 2
  const mean = readings.reduce((sum, reading) => sum + reading, 0) / count
  const spread = readings.reduce((sum, _, at) => sum + (at - middle) ** 2, 0)
  if (spread === 0) return { growth: 0, error: 0 }
  const slope = readings.reduce((sum, reading, at) => sum + (at - middle) * (reading - mean), 0) / spread
  const left = readings.reduce((sum, reading, at) => sum + (reading - mean - slope * (at - middle)) ** 2, 0)
  const error = count < 3 ? 0 : Math.sqrt(left / (count - 2) / spread)
  return { growth: slope * (count - 1), error: error * (count - 1) }
}

/** So many standard errors below the growth that was seen it is sure to be there. */
const SURE_ERRORS = 2

/** Whether readings grew by more than is tolerated, beyond what their noise explains. */
export function growsBeyond(readings: readonly number[], tolerance: number): boolean {
  const { growth, error } = trendOf(readings)
  return growth - SURE_ERRORS * error > tolerance
}
