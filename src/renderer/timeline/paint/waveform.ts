import type { PeakColumn } from '../../../shared/dsp/peaks.ts'
import { withAlpha, type Rgb } from './colors.ts'

/** A stretch of columns in one color; what is converted so far replaces the source from the left. */
export interface WaveInk {
  readonly color: Rgb
  readonly alpha: number
}

export interface WavePicture {
  /** One per device pixel. */
  readonly columns: readonly PeakColumn[]
  readonly heightPx: number
  readonly pixelRatio: number
  readonly gain: number
  ink(column: number): WaveInk
}

const PEAK_ALPHA = 0.58
const BODY_ALPHA = 0.8
/** Quiet voice stays visible: amplitudes are drawn with this exponent. */
const SHAPE = 0.86
const MARGIN_PX = 3
const LEAST_PX = 0.5

type Canvas2d = Pick<CanvasRenderingContext2D, 'fillRect' | 'fillStyle'>

/** Two tones over what is there: the reach of the samples, and over it the loudness. Heights are of device pixels. */
export function paintWave(canvas: Canvas2d, picture: WavePicture): void {
  const { columns, heightPx, pixelRatio, gain } = picture
  const middle = Math.round((heightPx / 2) * pixelRatio)
  const half = Math.max(1, (heightPx / 2 - MARGIN_PX) * pixelRatio)
  const height = (value: number): number => Math.min(half, (value * gain) ** SHAPE * half)
  const least = LEAST_PX * pixelRatio
  const paint = (alphaOfTone: number, draw: (column: PeakColumn, x: number) => void): void => {
    let last: WaveInk | null = null
    columns.forEach((column, x) => {
      const ink = picture.ink(x)
      if (ink !== last) canvas.fillStyle = withAlpha(ink.color, alphaOfTone * ink.alpha)
      last = ink
      draw(column, x)
    })
  }
  paint(PEAK_ALPHA, (column, x) => {
    const up = Math.max(least, height(Math.max(0, column.max)))
    const down = Math.max(least, height(Math.max(0, -column.min)))
    canvas.fillRect(x, middle - up, 1, up + down)
  })
  paint(BODY_ALPHA, (column, x) => {
    const body = height(column.rms)
    canvas.fillRect(x, middle - body, 1, body * 2)
  })
}
