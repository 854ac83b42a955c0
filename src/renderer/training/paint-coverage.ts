import { noteName } from '../../shared/units/pitch.ts'
import type { Canvas } from '../ui/canvas.ts'

const axisPx = { bottom: 18, right: 30 } as const
/** Below this a note is named as thin. */
export const THIN_NOTE_SEC = 1
/** One note of air at both ends, and never fewer bars than an octave and a half. */
const leastNotes = 18

/** Draws seconds of voice per note as bars; the accent of the picture is the singer's color. */
export function paintCoverage(canvas: Canvas, coverage: ReadonlyMap<number, number>, singer: string): void {
  const { context, width, height, color } = canvas
  const [first, last] = shownNotes(coverage)
  const plotWidth = width - axisPx.right
  const plotHeight = height - axisPx.bottom
  const most = niceCeiling(Math.max(...coverage.values(), 1))
  const barWidth = plotWidth / (last - first + 1)

  context.font = `500 10px ${color('font')}`
  context.textBaseline = 'middle'
  for (let line = 1; line <= 4; line++) {
    const y = Math.round(plotHeight - (line / 4) * (plotHeight - 8)) + 0.5
    context.fillStyle = color('line')
    context.fillRect(0, y, plotWidth, 1)
    context.fillStyle = color('tx-faint')
    context.textAlign = 'right'
    context.fillText(`${trim((most * line) / 4)} s`, width, y)
  }
  context.fillStyle = color('line-strong')
  context.fillRect(0, plotHeight, plotWidth, 1)
  for (let note = first; note <= last; note++) {
    const seconds = coverage.get(note) ?? 0
    const barHeight = (seconds / most) * (plotHeight - 8)
    const x = (note - first) * barWidth
    context.globalAlpha = isNatural(note) ? 0.9 : 0.45
    context.fillStyle = color(singer)
    if (seconds > 0) context.fillRect(x + 1, plotHeight - Math.max(1, barHeight), barWidth - 2, Math.max(1, barHeight))
    context.globalAlpha = 1
    paintName(canvas, note, x + barWidth / 2, barWidth)
  }
}

function paintName({ context, height, color }: Canvas, note: number, x: number, barWidth: number): void {
  const isC = ((note % 12) + 12) % 12 === 0
  const isE = ((note % 12) + 12) % 12 === 4
  const isA = ((note % 12) + 12) % 12 === 9
  if (!isC && !(barWidth > 10 && (isE || isA))) return
  context.textAlign = 'center'
  context.fillStyle = color(isC ? 'tx-strong' : 'tx-faint')
  context.fillText(noteName(note), x, height - 6)
}

function shownNotes(coverage: ReadonlyMap<number, number>): [number, number] {
  const notes = [...coverage.keys()]
  if (notes.length === 0) return [52, 76]
  let first = Math.min(...notes) - 1
  let last = Math.max(...notes) + 1
  while (last - first + 1 < leastNotes) {
    first--
    last++
  }
  return [first, last]
}

const isNatural = (note: number): boolean => [0, 2, 4, 5, 7, 9, 11].includes(((note % 12) + 12) % 12)
const trim = (value: number): string => (value < 10 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value)))

/** The next round number, of a few times a power of ten above a value, so that a quarter of it reads well. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power
}

/** Runs of thin notes between the lowest and the highest well covered one: "C5 to D5". */
export function thinNotes(coverage: ReadonlyMap<number, number>): readonly string[] {
  const covered = [...coverage].filter(([, sec]) => sec >= THIN_NOTE_SEC).map(([note]) => note)
  const runs: [number, number][] = []
  for (let note = Math.min(...covered); note < Math.max(...covered); note++) {
    if ((coverage.get(note) ?? 0) >= THIN_NOTE_SEC) continue
    const run = runs.at(-1)
    if (run && run[1] === note - 1) run[1] = note
    else runs.push([note, note])
  }
  return runs.map(([from, to]) => (from === to ? noteName(from) : `${noteName(from)} to ${noteName(to)}`))
}
