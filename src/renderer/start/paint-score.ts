import type { Canvas } from '../ui/canvas.ts'

/** A sung note, as far as a picture needs it. */
export interface PictureNote {
  readonly startSec: number
  readonly durationSec: number
  readonly midi: number
  /** 0 softest … 1 loudest. */
  readonly loudness: number
}

export interface PictureVoice {
  readonly notes: readonly PictureNote[]
  /** A token of the theme. */
  readonly color: string
  readonly opacity: number
}

const marginPx = { top: 44, bottom: 28, side: 24 } as const
/** Height of a note's bar, softest and loudest. */
const barPx = { softest: 5, loudest: 15 } as const
/** How long a voice glides from one note to the next. */
const glideSec = 0.16
/** A gap shorter than this is no breath. */
const joinSec = 0.02

interface Scale {
  readonly x: (sec: number) => number
  readonly y: (midi: number) => number
}

/** Draws voices as notes on their pitch: a bar's height is its loudness, a line glides from one to the next. */
export function paintScore(canvas: Canvas, voices: readonly PictureVoice[], durationSec: number, barSec: number): void {
  const { context, width, height, color } = canvas
  const pitches = voices.flatMap((voice) => voice.notes.map((note) => note.midi))
  const lowest = Math.min(...pitches)
  const highest = Math.max(...pitches)
  const scale: Scale = {
    x: (sec) => marginPx.side + (sec / durationSec) * (width - 2 * marginPx.side),
    y: (midi) =>
      height - marginPx.bottom - ((midi - lowest) / (highest - lowest)) * (height - marginPx.top - marginPx.bottom),
  }
  context.fillStyle = color('grid-phrase')
  for (let sec = 0; sec <= durationSec + 0.01; sec += barSec) context.fillRect(Math.round(scale.x(sec)), 0, 1, height)
  for (const voice of voices.toReversed()) {
    context.fillStyle = color(voice.color)
    context.strokeStyle = color(voice.color)
    paintGlides(context, voice, scale)
    paintBars(context, voice, scale)
  }
  context.globalAlpha = 1
}

function paintBars(context: CanvasRenderingContext2D, voice: PictureVoice, { x, y }: Scale): void {
  for (const note of voice.notes) {
    const thick = barPx.softest + note.loudness * (barPx.loudest - barPx.softest)
    const left = x(note.startSec) + 1
    const width = Math.max(thick / 2, x(note.startSec + note.durationSec) - left - 1)
    context.globalAlpha = voice.opacity * (0.55 + 0.45 * note.loudness)
    context.beginPath()
    context.roundRect(left, y(note.midi) - thick / 2, width, thick, Math.min(thick, width) / 2)
    context.fill()
  }
}

/** S curves with flat tangents between notes that follow each other without a breath. */
function paintGlides(context: CanvasRenderingContext2D, voice: PictureVoice, { x, y }: Scale): void {
  context.globalAlpha = voice.opacity * 0.5
  context.lineWidth = 1.5
  voice.notes.forEach((note, index) => {
    const before = voice.notes[index - 1]
    if (before === undefined || note.startSec - before.startSec - before.durationSec > joinSec) return
    const from = { x: x(note.startSec - glideSec / 2), y: y(before.midi) }
    const to = { x: x(note.startSec + glideSec / 2), y: y(note.midi) }
    const middle = (from.x + to.x) / 2
    context.beginPath()
    context.moveTo(from.x, from.y)
    context.bezierCurveTo(middle, from.y, middle, to.y, to.x, to.y)
    context.stroke()
  })
}
