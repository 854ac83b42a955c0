import { readColumns, type Peaks } from '../../../shared/dsp/peaks.ts'
import { takeOf } from '../../../shared/project/comp.ts'
import type { Region, Take } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import type { Viewport } from '../../state/Viewport.svelte.ts'
import { withAlpha, type Rgb } from '../paint/colors.ts'
import { tokenColor } from '../paint/tokens.ts'
import { paintWave } from '../paint/waveform.ts'
import { takeSpans, type TakeSpan } from './take-view.ts'

export interface TakePicture {
  readonly number: number
  readonly regions: readonly Region[]
  readonly viewport: Pick<Viewport, 'xOf' | 'samplesPerPx'>
  readonly widthPx: number
  readonly heightPx: number
  readonly pixelRatio: number
  readonly color: Rgb
  peaksOf(take: Take): Peaks | null
}

const UNUSED_ALPHA = 0.3
const JOIN_ALPHA = 0.5

/** One take of every region in sight: bright where it is heard, standing back where another is. */
export function paintTakes(canvas: CanvasRenderingContext2D, picture: TakePicture): void {
  const { pixelRatio, widthPx, heightPx } = picture
  canvas.setTransform(1, 0, 0, 1, 0, 0)
  canvas.clearRect(0, 0, widthPx * pixelRatio, heightPx * pixelRatio)
  for (const region of picture.regions) {
    const take = takeOf(region, picture.number)
    if (!take) continue
    const spans = takeSpans(region)
    paintFrames(canvas, picture, spans)
    paintTakeWave(canvas, picture, region, take, spans)
    paintJoins(canvas, picture, spans)
  }
  canvas.setTransform(1, 0, 0, 1, 0, 0)
}

function paintFrames(canvas: CanvasRenderingContext2D, picture: TakePicture, spans: readonly TakeSpan[]): void {
  const { viewport, heightPx, pixelRatio, color } = picture
  canvas.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  for (const span of spans.filter((one) => one.takeNumber === picture.number)) {
    const [left, right] = [viewport.xOf(span.startSamples), viewport.xOf(span.endSamples)]
    canvas.fillStyle = withAlpha(color, 0.16)
    canvas.fillRect(left, 3, right - left, heightPx - 6)
    canvas.strokeStyle = withAlpha(color, 0.6)
    canvas.lineWidth = 1
    canvas.strokeRect(left + 0.5, 3.5, right - left - 1, heightPx - 7)
  }
}

function paintTakeWave(
  canvas: CanvasRenderingContext2D,
  picture: TakePicture,
  region: Region,
  { render }: Take,
  spans: readonly TakeSpan[],
): void {
  const { viewport, widthPx, heightPx, pixelRatio, color } = picture
  const peaks = picture.peaksOf({ number: picture.number, render, isStarred: false })
  const left = Math.max(0, viewport.xOf(region.startSamples))
  const right = Math.min(widthPx, viewport.xOf(regionEnd(region)))
  if (!peaks || right <= left) return
  const samplesPerColumn = viewport.samplesPerPx / pixelRatio
  const offset = (left - viewport.xOf(region.startSamples)) * viewport.samplesPerPx
  const start = region.sourceStartSamples - render.sourceStartSamples + offset
  const columns = readColumns(peaks, start, samplesPerColumn, Math.round((right - left) * pixelRatio))
  const heard = { color, alpha: 1 }
  const unused = { color, alpha: UNUSED_ALPHA }
  const positionOf = (column: number): number => region.startSamples + offset + column * samplesPerColumn
  canvas.setTransform(1, 0, 0, 1, left * pixelRatio, 3 * pixelRatio)
  paintWave(drawOnly(canvas), {
    columns,
    heightPx: heightPx - 6,
    pixelRatio,
    gain: 1,
    ink: (column) => (numberAt(spans, positionOf(column)) === picture.number ? heard : unused),
  })
}

const numberAt = (spans: readonly TakeSpan[], position: number): number | undefined =>
  spans.findLast((span) => span.startSamples <= position)?.takeNumber

/** The frames below the wave stay. */
const drawOnly = (
  canvas: CanvasRenderingContext2D,
): Pick<CanvasRenderingContext2D, 'fillRect' | 'clearRect' | 'fillStyle'> => ({
  clearRect: () => {},
  fillRect: (x, y, width, height) => canvas.fillRect(x, y, width, height),
  get fillStyle() {
    return canvas.fillStyle
  },
  set fillStyle(style) {
    canvas.fillStyle = style
  },
})

function paintJoins(canvas: CanvasRenderingContext2D, picture: TakePicture, spans: readonly TakeSpan[]): void {
  const { viewport, heightPx, pixelRatio } = picture
  canvas.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  canvas.fillStyle = withAlpha(tokenColor('tx-strong'), JOIN_ALPHA)
  for (const span of spans.slice(1)) canvas.fillRect(viewport.xOf(span.startSamples), 0, 1, heightPx)
}
