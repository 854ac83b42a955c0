import type { Hertz } from '../../shared/units/time.ts'

/** Two steps of a double: more than the rounding of the division and of the browser's multiplication together. */
const A_HAIR_LATE = 1 + 2 * Number.EPSILON

/**
 * The time at which a source is started so that its samples sound on the frame, each as it is. The browser multiplies
 * the time by the rate again: where that comes out a hair before the frame, it reads the source between its samples.
 */
export const startSecOf = (frame: number, rateHz: Hertz): number => (frame / rateHz) * A_HAIR_LATE
