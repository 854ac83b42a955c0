import { readColumns, type Peaks } from '../../../shared/dsp/peaks.ts'
import { takeOf } from '../../../shared/project/comp.ts'
import type { Region, Take } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import { withAlpha, type Rgb } from '../paint/colors.ts'
import type { TileView } from '../paint/lane-tiles.ts'
import { tokenColor } from '../paint/tokens.ts'
import { paintWave } from '../paint/waveform.ts'
import { takeSpans, type TakeSpan } from './take-view.ts'

export interface TakePicture {
  readonly number: number
  readonly regions: readonly Region[]
  readonly view: TileView
  readonly heightPx: number
  readonly pixelRatio: number
  readonly color: Rgb
  peaksOf(take: Take): Peaks | null
}

const UNUSED_ALPHA = 0.3
const JOIN_ALPHA = 0.5

/** One take of every region: bright where it is heard, standing back where another is. */
export function paintTakes(canvas: CanvasRenderingContext2D, picture: TakePicture): void {
  const { pixelRatio, view, heightPx } = picture
  canvas.setTransform(1, 0, 0, 1, 0, 0)
  canvas.clearRect(0, 0, view.widthPx * pixelRatio, heightPx * pixelRatio)
  for (const region of picture.regions) {
    if (region.startSamples >= view.endSamples || regionEnd(region) <= view.startSamples) continue
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
  const { view, heightPx, pixelRatio, color } = picture
  canvas.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  for (const span of spans.filter((one) => one.takeNumber === picture.number)) {
    const [left, right] = [view.xOf(span.startSamples), view.xOf(span.endSamples)]
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
  take: Take,
  spans: readonly TakeSpan[],
): void {
  const { view, heightPx, pixelRatio, color } = picture
  const peaks = picture.peaksOf(take)
  const left = Math.max(0, view.xOf(region.startSamples))
  const right = Math.min(view.widthPx, view.xOf(regionEnd(region)))
  if (!peaks || right <= left) return
  const { render } = take
  const samplesPerColumn = view.samplesPerPx / pixelRatio
  const offset = (left - view.xOf(region.startSamples)) * view.samplesPerPx
  const start = region.sourceStartSamples - render.sourceStartSamples + offset
  const columns = readColumns(peaks, start, samplesPerColumn, Math.round((right - left) * pixelRatio))
  const heard = { color, alpha: 1 }
  const unused = { color, alpha: UNUSED_ALPHA }
  const from = region.startSamples + offset
  const isHeard = heardColumns(spans, picture.number, { from, samplesPerColumn, count: columns.length })
  canvas.setTransform(1, 0, 0, 1, left * pixelRatio, 3 * pixelRatio)
  paintWave(canvas, {
    columns,
    heightPx: heightPx - 6,
    pixelRatio,
    gain: 1,
    ink: (column) => (isHeard[column] ? heard : unused),
  })
}

/** Over which columns the take is the one that sounds. */
function heardColumns(
  spans: readonly TakeSpan[],
  number: number,
  {
    from,
    samplesPerColumn,
    count,
  }: { readonly from: number; readonly samplesPerColumn: number; readonly count: number },
): readonly boolean[] {
  const heard = Array.from({ length: count }, () => false)
  for (const span of spans) {
    const first = Math.max(0, Math.ceil((span.startSamples - from) / samplesPerColumn))
    heard.fill(span.takeNumber === number, Math.min(first, count))
  }
  return heard
}

function paintJoins(canvas: CanvasRenderingContext2D, picture: TakePicture, spans: readonly TakeSpan[]): void {
  const { view, heightPx, pixelRatio } = picture
  canvas.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  canvas.fillStyle = withAlpha(tokenColor('tx-strong'), JOIN_ALPHA)
  for (const span of spans.slice(1)) canvas.fillRect(view.xOf(span.startSamples), 0, 1, heightPx)
}
