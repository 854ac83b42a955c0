import { curveValue, firstAfter, type Curve } from '../../../shared/project/curve.ts'
import { constantOf, curveOf, curveScales, type CurveParameter } from '../../../shared/project/curve-parameters.ts'
import type { Region } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import type { Viewport } from '../../state/Viewport.svelte.ts'
import { withAlpha, type Rgb } from '../paint/colors.ts'
import { toSource, toTimeline, yOfValue } from './curve-view.ts'

export interface CurvePicture {
  readonly parameter: CurveParameter
  readonly regions: readonly Region[]
  readonly viewport: Pick<Viewport, 'xOf' | 'startSamples' | 'endSamples'>
  readonly widthPx: number
  readonly heightPx: number
  /** The singer's color, and of a blend the other singer's. */
  colorOf(region: Region): { readonly own: Rgb; readonly other: Rgb | null }
  /** The corner that has the keyboard. */
  isFocused(region: Region, index: number): boolean
}

/** Full intensity; above it more is made than anybody showed. */
const FULL = 1
const LINE: Rgb = [230, 234, 237]
const LANE: Rgb = [24, 27, 30]
const NODE_PX = 3

type Canvas2d = CanvasRenderingContext2D

/** The curves of a lane: what is drawn as a line over its area, a constant dashed, and dots where no region plays. */
export function paintCurves(canvas: Canvas2d, picture: CurvePicture): void {
  const { viewport, widthPx, heightPx } = picture
  canvas.clearRect(0, 0, widthPx, heightPx)
  let last: { x: number; y: number } | null = null
  for (const region of picture.regions) {
    const { performance } = region
    if (!performance || region.startSamples > viewport.endSamples) continue
    const curve = curveOf(performance, picture.parameter)
    const shown = curve ?? [{ atSamples: region.sourceStartSamples, value: constantOf(performance, picture.parameter) }]
    const line = lineOf(picture, region, shown)
    if (regionEnd(region) >= viewport.startSamples) {
      if (last) paintGap(canvas, last, line[0])
      paintRegion(canvas, picture, region, curve, line)
    }
    last = line[line.length - 1]
  }
}

interface Place {
  readonly x: number
  readonly y: number
}

/** From the region's start to its end, with every corner between them. */
function lineOf(picture: CurvePicture, region: Region, curve: Curve): Place[] {
  const { viewport, heightPx } = picture
  const scale = curveScales[picture.parameter]
  const end = toSource(region, regionEnd(region))
  const at = (atSamples: number): Place => ({
    x: viewport.xOf(toTimeline(region, atSamples)),
    y: yOfValue(curveValue(curve, atSamples), scale, heightPx),
  })
  const inside = curve.slice(firstAfter(curve, region.sourceStartSamples), firstAfter(curve, end - 1))
  return [at(region.sourceStartSamples), ...inside.map((point) => at(point.atSamples)), at(end)]
}

function paintGap(canvas: Canvas2d, from: Place, to: Place): void {
  canvas.setLineDash([1.5, 3.5])
  canvas.strokeStyle = withAlpha(LINE, 0.22)
  canvas.lineWidth = 1
  stroke(canvas, [from, to])
  canvas.setLineDash([])
}

function paintRegion(
  canvas: Canvas2d,
  picture: CurvePicture,
  region: Region,
  curve: Curve | null,
  line: readonly Place[],
): void {
  const { own, other } = picture.colorOf(region)
  const { heightPx } = picture
  const scale = curveScales[picture.parameter]
  const base = scale.least < 0 ? yOfValue(0, scale, heightPx) : heightPx - 3
  const [left, right] = [line[0].x, line[line.length - 1].x]
  if (other) {
    canvas.fillStyle = withAlpha(own, 0.24)
    canvas.fillRect(left, 3, right - left, heightPx - 6)
    canvas.fillStyle = withAlpha(LANE, 1)
    fillUnder(canvas, line, heightPx - 3)
    canvas.fillStyle = withAlpha(other, 0.3)
  } else {
    canvas.fillStyle = withAlpha(own, curve ? 0.14 : 0.07)
  }
  fillUnder(canvas, line, base)
  paintGuides(canvas, picture, left, right)
  canvas.strokeStyle = other ? withAlpha(LINE, 1) : withAlpha(own, curve ? 1 : 0.55)
  canvas.lineWidth = 1.5
  if (!curve) canvas.setLineDash([4, 3])
  stroke(canvas, line)
  canvas.setLineDash([])
  if (curve) paintNodes(canvas, picture, region, curve, other ? LINE : own)
}

/** Where the scale has a place of its own: zero of what goes both ways, and the end of what was shown of an emotion. */
function paintGuides(canvas: Canvas2d, picture: CurvePicture, left: number, right: number): void {
  const scale = curveScales[picture.parameter]
  const mark = picture.parameter === 'intensity' ? FULL : scale.least < 0 ? 0 : null
  if (mark === null) return
  const y = Math.round(yOfValue(mark, scale, picture.heightPx)) + 0.5
  canvas.strokeStyle = withAlpha(LINE, 0.16)
  canvas.lineWidth = 1
  stroke(canvas, [
    { x: left, y },
    { x: right, y },
  ])
}

function paintNodes(canvas: Canvas2d, picture: CurvePicture, region: Region, curve: Curve, color: Rgb): void {
  const { viewport, heightPx } = picture
  const scale = curveScales[picture.parameter]
  const end = toSource(region, regionEnd(region))
  for (let index = firstAfter(curve, region.sourceStartSamples - 1); index < firstAfter(curve, end); index++) {
    const x = viewport.xOf(toTimeline(region, curve[index].atSamples))
    if (x < -NODE_PX || x > picture.widthPx + NODE_PX) continue
    const isFocused = picture.isFocused(region, index)
    canvas.beginPath()
    canvas.arc(x, yOfValue(curve[index].value, scale, heightPx), NODE_PX + (isFocused ? 0.5 : 0), 0, 2 * Math.PI)
    canvas.fillStyle = isFocused ? '#fff' : withAlpha(LANE, 1)
    canvas.fill()
    canvas.strokeStyle = isFocused ? '#fff' : withAlpha(color, 1)
    canvas.lineWidth = 1.5
    canvas.stroke()
  }
}

function fillUnder(canvas: Canvas2d, line: readonly Place[], base: number): void {
  canvas.beginPath()
  canvas.moveTo(line[0].x, base)
  for (const { x, y } of line) canvas.lineTo(x, y)
  canvas.lineTo(line[line.length - 1].x, base)
  canvas.fill()
}

function stroke(canvas: Canvas2d, line: readonly Place[]): void {
  canvas.beginPath()
  line.forEach(({ x, y }, index) => (index === 0 ? canvas.moveTo(x, y) : canvas.lineTo(x, y)))
  canvas.stroke()
}
