import { barAt, quartersAt, samplesAt, type SongTime } from '../units/song-time.ts'
import type { Quarters } from '../units/tempo.ts'
import { secondsToSamples, type Hertz, type Samples } from '../units/time.ts'

/** Steps of the grid, coarse to fine, as shown in the snap menu. */
export const snapSteps = ['bar', '1/2', '1/4', '1/8', '1/16', '1/32', '10 ms', 'off'] as const
export type SnapStep = (typeof snapSteps)[number]

const FINE_SEC = 0.01
/** Less than any two grid lines are apart: bars and steps are whole thirty-seconds. */
const WITHIN_STEP: Quarters = 1 / 16

/** The nearest grid line, rounded from its exact time: lines never drift over a long song. */
export function snapPosition(position: Samples, step: SnapStep, time: SongTime): Samples {
  if (step === 'off') return position
  if (step === '10 ms')
    return Math.max(0, secondsToSamples(Math.round(position / time.rateHz / FINE_SEC) * FINE_SEC, time.rateHz))
  const around = linesAround(quartersAt(time, position), step, time)
  const [before, after] = [samplesAt(time, around.before), samplesAt(time, around.after)]
  return position - before < after - position ? before : after
}

/** The next grid line after (direction 1) or before (−1) a position; ten milliseconds when snapping is off. */
export function nextGridLine(position: Samples, direction: 1 | -1, step: SnapStep, time: SongTime): Samples {
  if (step === 'off' || step === '10 ms') return nextFineLine(position, direction, time.rateHz)
  // Lines are rounded to samples, so the exact position may lie on either side of the line that a position is on.
  let around = linesAround(quartersAt(time, position), step, time)
  if (direction === 1) {
    while (samplesAt(time, around.after) <= position) around = linesAround(around.after, step, time)
    return samplesAt(time, around.after)
  }
  while (samplesAt(time, around.before) >= position && around.before > 0)
    around = linesAround(around.before - WITHIN_STEP, step, time)
  return samplesAt(time, around.before)
}

/** The grid lines about a musical position. The grid begins anew with every bar, whatever the meter. */
function linesAround(
  quarters: Quarters,
  step: Exclude<SnapStep, 'off' | '10 ms'>,
  time: SongTime,
): { readonly before: Quarters; readonly after: Quarters } {
  const bar = barAt(time, quarters)
  if (step === 'bar') return { before: bar.startQuarters, after: bar.endQuarters }
  const stepQuarters = 4 / Number(step.slice(2))
  const index = Math.floor((quarters - bar.startQuarters) / stepQuarters)
  const before = bar.startQuarters + index * stepQuarters
  return { before, after: Math.min(before + stepQuarters, bar.endQuarters) }
}

function nextFineLine(position: Samples, direction: 1 | -1, rateHz: Hertz): Samples {
  const at = (line: number): Samples => Math.max(0, secondsToSamples(line * FINE_SEC, rateHz))
  let line = Math.round(position / rateHz / FINE_SEC) - direction
  while (direction === 1 ? at(line) <= position : at(line) >= position && line > 0) line += direction
  return at(line)
}
