import type { Canvas } from '../ui/Picture.svelte'

/** A sung note, as far as a picture needs it. */
export interface PictureNote {
  readonly startSec: number
  readonly durationSec: number
  readonly midi: number
  /** 0 softest … 1 loudest. */
  readonly loudness: number
  readonly word: string
}

export interface PictureVoice {
  readonly notes: readonly PictureNote[]
  /** A token of the theme. */
  readonly color: string
  readonly opacity: number
}

const marginPx = { top: 28, bottom: 40, side: 24 } as const
/** Half the height of the loudest note's ribbon. */
const loudestHalfPx = 9
/** How long a voice glides from one note to the next, and how long it takes to swell and fade. */
const glideSec = 0.09
const swellSec = 0.07

/** Draws voices as ribbons: height is pitch, thickness is loudness, words underneath. */
export function paintScore(canvas: Canvas, voices: readonly PictureVoice[], durationSec: number, barSec: number): void {
  const { context, width, height, color } = canvas
  const pitches = voices.flatMap((voice) => voice.notes.map((note) => note.midi))
  const lowest = Math.min(...pitches)
  const highest = Math.max(...pitches)
  const x = (sec: number): number => marginPx.side + (sec / durationSec) * (width - 2 * marginPx.side)
  const y = (midi: number): number =>
    height - marginPx.bottom - ((midi - lowest) / (highest - lowest)) * (height - marginPx.top - marginPx.bottom)

  context.fillStyle = color('grid-phrase')
  for (let sec = 0; sec <= durationSec; sec += barSec) context.fillRect(Math.round(x(sec)), 0, 1, height)
  for (const voice of voices) {
    context.fillStyle = color(voice.color)
    for (const phrase of phrasesOf(voice.notes)) {
      context.globalAlpha = voice.opacity
      paintRibbon(context, phrase, x, y)
    }
  }
  context.globalAlpha = 1
  paintWords(canvas, voices[0].notes, x)
}

/** Notes that follow each other without a breath. */
function phrasesOf(notes: readonly PictureNote[]): readonly (readonly PictureNote[])[] {
  const phrases: PictureNote[][] = []
  for (const note of notes) {
    const before = phrases.at(-1)?.at(-1)
    const isJoined = before !== undefined && note.startSec - before.startSec - before.durationSec < 0.02
    if (isJoined) phrases.at(-1)?.push(note)
    else phrases.push([note])
  }
  return phrases
}

function paintRibbon(
  context: CanvasRenderingContext2D,
  phrase: readonly PictureNote[],
  x: (sec: number) => number,
  y: (midi: number) => number,
): void {
  const points = phrase.flatMap((note, index) => {
    const endSec = note.startSec + note.durationSec
    const half = 2 + note.loudness * loudestHalfPx
    const isFirst = index === 0
    const isLast = index === phrase.length - 1
    return [
      { sec: note.startSec + (isFirst ? 0 : glideSec / 2), midi: note.midi, half: isFirst ? 0.5 : half * 0.55 },
      { sec: note.startSec + swellSec + glideSec / 2, midi: note.midi, half },
      { sec: endSec - swellSec - glideSec / 2, midi: note.midi, half: half * 0.86 },
      { sec: endSec - (isLast ? 0 : glideSec / 2), midi: note.midi, half: isLast ? 0.5 : half * 0.5 },
    ].map((point) => ({ x: x(point.sec), y: y(point.midi), half: point.half }))
  })
  const path = new Path2D()
  const upper = points.map((point) => ({ x: point.x, y: point.y - point.half }))
  const lower = points.map((point) => ({ x: point.x, y: point.y + point.half })).reverse()
  traceSmooth(path, upper, true)
  traceSmooth(path, lower, false)
  path.closePath()
  context.fill(path)
}

/** S curves with flat tangents through the points. */
function traceSmooth(path: Path2D, points: readonly { x: number; y: number }[], begins: boolean): void {
  const [first, ...rest] = points
  if (begins) path.moveTo(first.x, first.y)
  else path.lineTo(first.x, first.y)
  let before = first
  for (const point of rest) {
    const middle = (before.x + point.x) / 2
    path.bezierCurveTo(middle, before.y, middle, point.y, point.x, point.y)
    before = point
  }
}

function paintWords(canvas: Canvas, notes: readonly PictureNote[], x: (sec: number) => number): void {
  const { context, height, color } = canvas
  context.font = `450 11px ${color('font')}`
  context.fillStyle = color('tx-faint')
  context.textAlign = 'left'
  let freeFrom = -Infinity
  for (const note of notes) {
    const left = x(note.startSec)
    if (left < freeFrom) continue
    context.fillText(note.word, left, height - 14)
    freeFrom = left + context.measureText(note.word).width + 4
  }
}
