import type { Curve, CurvePoint } from '../../../shared/project/curve.ts'
import { constantOf, curveOf, curveScales } from '../../../shared/project/curve-parameters.ts'
import { changeCurve, drawStretch, movePoint, putPoint, simplified } from '../../../shared/project/edits/curves.ts'
import type { Samples } from '../../../shared/units/time.ts'
import { say } from '../../messages/say.svelte.ts'
import { formatParameter, parameterLabel } from '../../state/curve-words.ts'
import type { Editor } from '../../state/Editor.svelte.ts'
import type { CurveUi } from '../curves/CurveUi.svelte.ts'
import { pointAt, type CurvePlace } from '../curves/curve-view.ts'
import type { Gesture, GesturePoint, GestureStart } from './gesture.ts'

/** A hand's shake, as a share of the scale: what is drawn keeps no corner for it. */
const SHAKE = 0.015

/** One region's curve under a pointer. */
export interface CurvePress extends CurvePlace {
  readonly editor: Editor
  readonly curveUi: CurveUi
}

export const curveStep = ({ region, parameter }: CurvePlace): string =>
  say.edits.valueOf(parameterLabel(parameter), region.name)

/** Puts a corner where the pointer is, as one step, and gives it the keyboard. */
export function putPointAt(press: CurvePress, point: CurvePoint): void {
  const { editor, region, parameter } = press
  editor.session.edit(curveStep(press), (project) =>
    changeCurve(project, [region.id], parameter, (curve) => putPoint(curve, point)),
  )
  focusPointAt(press, point.atSamples)
}

function focusPointAt({ editor, region, parameter }: CurvePress, atSamples: Samples): void {
  const performance = editor.session.project.regions[region.id]?.performance
  const curve = performance && curveOf(performance, parameter)
  const index = curve?.findIndex((point) => point.atSamples === atSamples) ?? -1
  if (index >= 0) editor.subLanes.focusPoint({ regionId: region.id, parameter, index })
}

/** Moves a corner; one that is not there yet is put where the press was. */
export const movePointGesture =
  (press: CurvePress, index: number | null) =>
  ({ editor, origin }: GestureStart): Gesture => {
    const { session } = editor
    const { region, parameter } = press
    const put = index === null ? pointAt(editor, press, origin) : null
    session.begin(curveStep(press))
    return {
      move(pointer) {
        const to = pointAt(editor, press, pointer)
        showValue(press, pointer, to.value)
        session.continue((before) =>
          changeCurve(before, [region.id], parameter, (curve) => {
            const there = put ? putPoint(curve, put) : (curve ?? [])
            const at = put ? there.findIndex((point) => point.atSamples === put.atSamples) : (index ?? 0)
            return there.length > 0 ? movePoint(there, at, to) : curve
          }),
        )
      },
      end() {
        session.commit()
        press.curveUi.readOut = null
        if (index !== null) editor.subLanes.focusPoint({ regionId: region.id, parameter, index })
      },
      cancel: () => session.abandon(),
    }
  }

/** A straight line from the press to the pointer. */
export const lineGesture =
  (press: CurvePress) =>
  ({ editor, origin }: GestureStart): Gesture => {
    const start = pointAt(editor, press, origin)
    editor.session.begin(curveStep(press))
    return stretchGesture(press, (pointer) => lineBetween(start, pointAt(editor, press, pointer)))
  }

/** Free hand: every place that the pointer went over, the last time it did. */
export const handGesture =
  (press: CurvePress) =>
  ({ editor, origin }: GestureStart): Gesture => {
    const { least, most } = curveScales[press.parameter]
    const free = (pointer: GesturePoint): CurvePoint => pointAt(editor, press, { ...pointer, isFree: true })
    let drawn: Curve = [free(origin)]
    let last = drawn[0]
    editor.session.begin(curveStep(press))
    return stretchGesture(press, (pointer) => {
      const here = free(pointer)
      drawn = drawStretchOver(drawn, lineBetween(last, here))
      last = here
      return simplified(drawn, SHAKE * (most - least))
    })
  }

function stretchGesture(press: CurvePress, drawnAt: (pointer: GesturePoint) => Curve): Gesture {
  const { editor, region, parameter } = press
  return {
    move(pointer) {
      const drawn = drawnAt(pointer)
      showValue(press, pointer, pointAt(editor, press, { ...pointer, isFree: true }).value)
      editor.session.continue((before) => changeCurve(before, [region.id], parameter, over(drawn, parameter)))
    },
    end() {
      editor.session.commit()
      press.curveUi.readOut = null
    },
    cancel: () => editor.session.abandon(),
  }
}

type Change = Parameters<typeof changeCurve>[3]
const over =
  (drawn: Curve, parameter: CurvePlace['parameter']): Change =>
  (curve, performance) =>
    drawStretch(curve, drawn, constantOf(performance, parameter))

/** Draws a line over what is there, as one step: for two clicks. */
export function drawLine(press: CurvePress, from: CurvePoint, to: CurvePoint): void {
  const { editor, region, parameter } = press
  editor.session.edit(curveStep(press), (project) =>
    changeCurve(project, [region.id], parameter, over(lineBetween(from, to), parameter)),
  )
  focusPointAt(press, to.atSamples)
}

function lineBetween(a: CurvePoint, b: CurvePoint): Curve {
  if (a.atSamples === b.atSamples) return [b]
  return a.atSamples < b.atSamples ? [a, b] : [b, a]
}

/** A stroke over strokes: only what it passes over is replaced. */
function drawStretchOver(drawn: Curve, stroke: Curve): Curve {
  const [start, end] = [stroke[0].atSamples, stroke[stroke.length - 1].atSamples]
  return [
    ...drawn.filter((point) => point.atSamples < start),
    ...stroke,
    ...drawn.filter((point) => point.atSamples > end),
  ]
}

function showValue({ curveUi, parameter }: CurvePress, pointer: GesturePoint, value: number): void {
  curveUi.readOut = { xPx: pointer.xPx, yPx: pointer.yPx, text: formatParameter(parameter, value) }
}
