import { withAlpha } from '../timeline/paint/colors.ts'
import { tokenColor, tokenText } from '../timeline/paint/tokens.ts'
import { continuousStretches, type VoicedFrame } from './voiced-frames.ts'
import type { RollNote } from './RegionEditing.svelte.ts'
import type { RollView } from './RollView.svelte.ts'
import { HIGHEST_MIDI, LOWEST_MIDI, TILE_COLUMNS, type SpectrumTile } from './Spectrum.svelte.ts'

export interface RollPicture {
  readonly view: RollView
  /** Vertical lines: bars and beats, in samples of the source. */
  readonly lines: readonly { readonly atSamples: number; readonly isBar: boolean }[]
  readonly frames: readonly VoicedFrame[]
  readonly notes: readonly RollNote[]
  readonly color: string
  isSelected(note: RollNote): boolean
  tileOf(tile: SpectrumTile): HTMLCanvasElement | null
}

const BLACK_KEYS = [1, 3, 6, 8, 10]
const ROW_INK = 'rgb(0 0 0 / 0.16)'
/** What was sung stands back behind what will be. */
const SUNG_ALPHA = 0.35
/** Of a semitone, to each side of its middle. */
const NOTE_REACH = 0.42

type Canvas2d = CanvasRenderingContext2D

const sungInk = (): string => withAlpha(tokenColor('tx-strong'), SUNG_ALPHA)

/** Rows of keys, the spectrum, bars, and over them the notes with the melody as it was sung and as it will be. */
export function paintRoll(canvas: Canvas2d, picture: RollPicture): void {
  const { view } = picture
  canvas.clearRect(0, 0, view.widthPx, view.heightPx)
  paintRows(canvas, view)
  paintSpectrum(canvas, picture)
  for (const { atSamples, isBar } of picture.lines) {
    canvas.fillStyle = tokenText(isBar ? 'grid-phrase' : 'grid-bar')
    canvas.fillRect(Math.round(view.xOf(atSamples)), 0, 1, view.heightPx)
  }
  for (const note of picture.notes) paintNote(canvas, picture, note)
  const stretches = continuousStretches(picture.frames)
  for (const stretch of stretches) {
    const isMoved = stretch.some((frame) => frame.midi !== frame.movedMidi)
    if (isMoved) paintLine(canvas, view, stretch, (frame) => frame.midi, sungInk(), 1)
    const ink = isInNote(stretch, picture.notes) ? picture.color : sungInk()
    paintLine(canvas, view, stretch, (frame) => frame.movedMidi, ink, 1.5)
  }
}

/** What belongs to no note is a breath or a slip of the tracker. */
const isInNote = (stretch: readonly VoicedFrame[], notes: readonly RollNote[]): boolean =>
  stretch.some(({ atSamples }) =>
    notes.some(({ startSamples, endSamples }) => atSamples >= startSamples && atSamples < endSamples),
  )

function paintRows(canvas: Canvas2d, view: RollView): void {
  const [top, bottom] = [0, view.heightPx].map((yPx) => view.heard(view.midiAt(yPx)))
  for (let midi = Math.floor(bottom); midi <= Math.ceil(top); midi++) {
    const isBlack = BLACK_KEYS.includes(((midi % 12) + 12) % 12)
    if (isBlack) {
      canvas.fillStyle = ROW_INK
      canvas.fillRect(0, view.yOfHeard(midi + 0.5), view.widthPx, view.pxPerSemitone)
    }
    if (midi % 12 !== 0) continue
    canvas.fillStyle = tokenText('grid-phrase')
    canvas.fillRect(0, Math.round(view.yOfHeard(midi - 0.5)), view.widthPx, 1)
  }
}

/** Tiles are made at powers of two of the zoom and stretched between them. */
function paintSpectrum(canvas: Canvas2d, { view, tileOf }: RollPicture): void {
  const samplesPerColumn = 2 ** Math.round(Math.log2(view.samplesPerPx))
  const tileSamples = samplesPerColumn * TILE_COLUMNS
  const [top, bottom] = [view.yOfHeard(HIGHEST_MIDI + 0.125), view.yOfHeard(LOWEST_MIDI - 0.125)]
  const first = Math.max(0, Math.floor(view.startSamples / tileSamples))
  for (let index = first; index * tileSamples < view.endSamples; index++) {
    const tile = tileOf({ startSamples: index * tileSamples, samplesPerColumn })
    if (!tile) continue
    const left = view.xOf(index * tileSamples)
    canvas.drawImage(tile, left, top, tileSamples / view.samplesPerPx, bottom - top)
  }
}

function paintNote(canvas: Canvas2d, picture: RollPicture, note: RollNote): void {
  const { view, color } = picture
  const [left, right] = [view.xOf(note.startSamples), view.xOf(note.endSamples)]
  if (right < 0 || left > view.widthPx) return
  const isSelected = picture.isSelected(note)
  const top = view.yOf(note.movedCenter + NOTE_REACH)
  const height = 2 * NOTE_REACH * view.pxPerSemitone
  canvas.globalAlpha = isSelected ? 0.62 : note.isEdited ? 0.46 : 0.3
  canvas.fillStyle = color
  canvas.beginPath()
  canvas.roundRect(left, top, Math.max(2, right - left), height, Math.min(5, height / 2))
  canvas.fill()
  canvas.globalAlpha = 1
  canvas.lineWidth = isSelected ? 2 : 1
  canvas.strokeStyle = isSelected ? '#fff' : color
  canvas.stroke()
  if (note.isEdited) paintOrigin(canvas, view, note)
}

/** Where an edited note was sung. */
function paintOrigin(canvas: Canvas2d, view: RollView, note: RollNote): void {
  const y = view.yOf(note.center)
  canvas.strokeStyle = sungInk()
  canvas.lineWidth = 1
  canvas.setLineDash([3, 3])
  canvas.beginPath()
  canvas.moveTo(view.xOf(note.startSamples), y)
  canvas.lineTo(view.xOf(note.endSamples), y)
  canvas.stroke()
  canvas.setLineDash([])
}

function paintLine(
  canvas: Canvas2d,
  view: RollView,
  stretch: readonly VoicedFrame[],
  midiOf: (frame: VoicedFrame) => number,
  ink: string,
  widthPx: number,
): void {
  canvas.strokeStyle = ink
  canvas.lineWidth = widthPx
  canvas.lineJoin = 'round'
  canvas.beginPath()
  stretch.forEach((frame, index) => {
    const [x, y] = [view.xOf(frame.atSamples), view.yOf(midiOf(frame))]
    if (index === 0) canvas.moveTo(x, y)
    else canvas.lineTo(x, y)
  })
  canvas.stroke()
}
