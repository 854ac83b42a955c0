import { curveValue, firstAfter, type Curve } from '../../../shared/project/curve.ts'
import { constantOf, curveOf, curveScales, type CurveParameter } from '../../../shared/project/curve-parameters.ts'
import type { Region } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import { withAlpha, type Rgb } from '../paint/colors.ts'
import type { TileView } from '../paint/lane-tiles.ts'
import { toSource, toTimeline, yOfValue } from './curve-view.ts'

export interface CurvePicture {
  readonly parameter: CurveParameter
  /** In time order. */
  readonly regions: readonly Region[]
  readonly view: TileView
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
/** A corner with its rim, when it has the keyboard: so far it reaches out of its region. */
const REACH_PX = 5

type Canvas2d = CanvasRenderingContext2D

/** The curves of a lane: what is drawn as a line over its area, a constant dashed, and dots where no region plays. */
export function paintCurves(canvas: Canvas2d, picture: CurvePicture): void {
  const { view, heightPx } = picture
  const reach = REACH_PX * view.samplesPerPx
  canvas.clearRect(0, 0, view.widthPx, heightPx)
  let before: Region | null = null
  for (const region of picture.regions) {
    if (!region.performance || region.startSamples > view.endSamples + reach) continue
    if (regionEnd(region) >= view.startSamples - reach) {
      const line = lineOf(picture, region)
      if (before) paintGap(canvas, lineEnd(picture, before), line[0])
      paintRegion(canvas, picture, region, line)
    }
    before = region
  }
}

interface Place {
  readonly x: number
  readonly y: number
}

/** What is drawn in a region, or its constant as a curve of one corner. */
function shownCurve({ parameter }: CurvePicture, region: Region): Curve {
  const { performance, sourceStartSamples } = region
  if (!performance) return []
  return (
    curveOf(performance, parameter) ?? [{ atSamples: sourceStartSamples, value: constantOf(performance, parameter) }]
  )
}

/** From the region's start to its end, with every corner between them. */
function lineOf(picture: CurvePicture, region: Region): Place[] {
  const curve = shownCurve(picture, region)
  const end = toSource(region, regionEnd(region))
  const inside = curve.slice(firstAfter(curve, region.sourceStartSamples), firstAfter(curve, end - 1))
  return [
    placeAt(picture, region, curve, region.sourceStartSamples),
    ...inside.map((point) => placeAt(picture, region, curve, point.atSamples)),
    placeAt(picture, region, curve, end),
  ]
}

const lineEnd = (picture: CurvePicture, region: Region): Place =>
  placeAt(picture, region, shownCurve(picture, region), toSource(region, regionEnd(region)))

const placeAt = (
  { view, parameter, heightPx }: CurvePicture,
  region: Region,
  curve: Curve,
  atSamples: number,
): Place => ({
  x: view.xOf(toTimeline(region, atSamples)),
  y: yOfValue(curveValue(curve, atSamples), curveScales[parameter], heightPx),
})

function paintGap(canvas: Canvas2d, from: Place, to: Place): void {
  canvas.setLineDash([1.5, 3.5])
  canvas.strokeStyle = withAlpha(LINE, 0.22)
  canvas.lineWidth = 1
  stroke(canvas, [from, to])
  canvas.setLineDash([])
}

function paintRegion(canvas: Canvas2d, picture: CurvePicture, region: Region, line: readonly Place[]): void {
  const curve = region.performance && curveOf(region.performance, picture.parameter)
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
  const { view, heightPx } = picture
  const scale = curveScales[picture.parameter]
  const end = toSource(region, regionEnd(region))
  for (let index = firstAfter(curve, region.sourceStartSamples - 1); index < firstAfter(curve, end); index++) {
    const x = view.xOf(toTimeline(region, curve[index].atSamples))
    if (x < -REACH_PX || x > view.widthPx + REACH_PX) continue
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
