import { noteRuns, THIN_NOTE_SEC, type NoteSeconds } from '../../shared/screening/note-coverage.ts'
import { noteName } from '../../shared/units/pitch.ts'
import type { Canvas } from '../ui/canvas.ts'

export { THIN_NOTE_SEC }

const hatchPx = 4
const axisPx = { bottom: 18, right: 30 } as const
/** One note of air at both ends, and never fewer bars than an octave and a half. */
const leastNotes = 18

/**
 * Draws seconds of voice per note as bars in the singer's color; a line across a bar is what a song asks for, and what
 * of it the clips hardly have is hatched.
 */
export function paintCoverage(canvas: Canvas, coverage: NoteSeconds, singer: string, asked: NoteSeconds): void {
  const { context, width, height, color } = canvas
  const [first, last] = shownNotes([...coverage.keys(), ...asked.keys()])
  const plotWidth = width - axisPx.right
  const plotHeight = height - axisPx.bottom
  const most = niceCeiling(Math.max(...coverage.values(), ...asked.values(), 1))
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
    const askedSec = asked.get(note) ?? 0
    if (askedSec > 0) {
      const bar = { x: x + 1, width: barWidth - 2, bottom: plotHeight, height: (askedSec / most) * (plotHeight - 8) }
      paintAsked(canvas, bar, seconds < THIN_NOTE_SEC && askedSec > seconds)
    }
    paintName(canvas, note, x + barWidth / 2, barWidth)
  }
}

interface Bar {
  readonly x: number
  readonly width: number
  readonly bottom: number
  readonly height: number
}

function paintAsked({ context, color }: Canvas, { x, width, bottom, height }: Bar, isMissing: boolean): void {
  const top = bottom - height
  if (isMissing) {
    context.save()
    context.beginPath()
    context.rect(x, top, width, height)
    context.clip()
    context.strokeStyle = color('warn')
    context.beginPath()
    for (let from = x - height; from < x + width; from += hatchPx) {
      context.moveTo(from, bottom)
      context.lineTo(from + height, top)
    }
    context.stroke()
    context.restore()
  }
  context.fillStyle = color(isMissing ? 'warn' : 'tx-strong')
  context.fillRect(x, Math.round(top), width, 2)
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

function shownNotes(notes: readonly number[]): [number, number] {
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
export function thinNotes(coverage: NoteSeconds): readonly string[] {
  const covered = [...coverage].filter(([, sec]) => sec >= THIN_NOTE_SEC).map(([note]) => note)
  const thin: number[] = []
  for (let note = Math.min(...covered); note < Math.max(...covered); note++)
    if ((coverage.get(note) ?? 0) < THIN_NOTE_SEC) thin.push(note)
  return noteRuns(thin)
}
