import { beatSeconds, barSeconds, type Tempo } from '../units/tempo.ts'
import { secondsToSamples, type Hertz, type Samples, type Seconds } from '../units/time.ts'

/** Steps of the grid, coarse to fine, as shown in the snap menu. */
export const snapSteps = ['bar', '1/2', '1/4', '1/8', '1/16', '1/32', '10 ms', 'off'] as const
export type SnapStep = (typeof snapSteps)[number]

/** Length of one grid step in seconds; null when snapping is off. */
export function snapStepSeconds(step: SnapStep, tempo: Tempo): Seconds | null {
  switch (step) {
    case 'off':
      return null
    case 'bar':
      return barSeconds(tempo)
    case '10 ms':
      return 0.01
    default:
      return beatSeconds({ ...tempo, beatUnit: 4 }) * (4 / Number(step.slice(2)))
  }
}

/** The nearest grid line, rounded from its exact time: lines never drift over a long song. */
export function snapPosition(position: Samples, step: SnapStep, tempo: Tempo, rateHz: Hertz): Samples {
  const stepSec = snapStepSeconds(step, tempo)
  if (stepSec === null) return position
  const line = Math.round(position / rateHz / stepSec)
  return Math.max(0, secondsToSamples(line * stepSec, rateHz))
}

/** The next grid line after (direction 1) or before (−1) a position; ten milliseconds when snapping is off. */
export function nextGridLine(
  position: Samples,
  direction: 1 | -1,
  step: SnapStep,
  tempo: Tempo,
  rateHz: Hertz,
): Samples {
  const stepSec = snapStepSeconds(step, tempo) ?? 0.01
  const at = (line: number): Samples => Math.max(0, secondsToSamples(line * stepSec, rateHz))
  // Lines are rounded to samples, so the exact quotient may lie on either side of the line that a position is on.
  let line = Math.round(position / rateHz / stepSec) - direction
  while (direction === 1 ? at(line) <= position : at(line) >= position && line > 0) line += direction
  return at(line)
}
