import type { RegionId } from '../../../shared/base/id.ts'
import type { CurvePoint } from '../../../shared/project/curve.ts'
import { curveOf, curveScales, type CurveParameter } from '../../../shared/project/curve-parameters.ts'
import { changeCurve, removePoint } from '../../../shared/project/edits/curves.ts'
import type { Region } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import { say } from '../../messages/say.svelte.ts'
import { formatParameter } from '../../state/curve-words.ts'
import type { Editor } from '../../state/Editor.svelte.ts'
import type { MenuItem } from '../../ui/menu.ts'
import {
  curveStep,
  drawLine,
  handGesture,
  lineGesture,
  movePointGesture,
  putPointAt,
  type CurvePress,
} from '../gestures/draw-curve.ts'
import { followPointer, type GesturePoint } from '../gestures/gesture.ts'
import type { TimelineUi } from '../TimelineUi.svelte.ts'
import { shownPoints } from './curve-keys.ts'
import { pointAt, POINT_REACH_PX, toTimeline, yOfValue } from './curve-view.ts'
import { CurveUi } from './CurveUi.svelte.ts'

interface LaneMenu {
  readonly label: string
  readonly left: number
  readonly top: number
  readonly items: readonly MenuItem[]
}

/** Everything a pointer does on a curve's lane. */
export class CurvePointing {
  readonly curveUi = new CurveUi()
  readonly #editor: Editor
  readonly #ui: TimelineUi
  readonly #parameter: CurveParameter
  readonly #heightPx: number
  readonly #shown: () => readonly Region[]
  lane: HTMLElement | undefined = $state()
  /** What was asked for with a right click, and where. */
  menu: LaneMenu | null = $state.raw(null)

  constructor(
    editor: Editor,
    ui: TimelineUi,
    parameter: CurveParameter,
    heightPx: number,
    shown: () => readonly Region[],
  ) {
    this.#editor = editor
    this.#ui = ui
    this.#parameter = parameter
    this.#heightPx = heightPx
    this.#shown = shown
  }

  readonly press = (event: PointerEvent): void => {
    const origin = this.#pointOf(event)
    const region = this.#regionAt(origin)
    if (!region || event.button !== 0) return
    event.stopPropagation()
    const press = this.#on(region)
    const index = this.#cornerAt(region, origin)
    const { tool } = this.#editor.subLanes
    const begin =
      index !== null || tool === 'points'
        ? movePointGesture(press, index)
        : tool === 'draw'
          ? handGesture(press)
          : lineGesture(press)
    const click = (): void => this.#click(press, index, origin)
    followPointer(event, { editor: this.#editor, ui: this.#ui, pointOf: this.#pointOf, begin, click })
  }

  readonly hover = (event: PointerEvent): void => {
    const here = this.#pointOf(event)
    const region = this.#regionAt(here)
    const value = region && pointAt(this.#editor, this.#on(region), { ...here, isFree: true }).value
    this.curveUi.readOut = value === undefined ? null : { ...here, text: formatParameter(this.#parameter, value) }
  }

  readonly openMenu = (event: MouseEvent): void => {
    const here = this.#pointOf(event)
    const region = this.#regionAt(here)
    if (!region) return
    event.preventDefault()
    event.stopPropagation()
    const press = this.#on(region)
    const items = this.#menuItems(press, this.#cornerAt(region, here), here)
    this.menu = { label: curveStep(press), left: event.clientX, top: event.clientY, items }
  }

  readonly #pointOf = (event: PointerEvent | MouseEvent): GesturePoint => {
    const box = this.lane?.getBoundingClientRect()
    return {
      xPx: event.clientX - (box?.left ?? 0),
      yPx: event.clientY - (box?.top ?? 0),
      isFree: event.shiftKey,
      isCopy: event.ctrlKey || event.metaKey,
    }
  }

  #on(region: Region): CurvePress {
    const [editor, parameter, heightPx] = [this.#editor, this.#parameter, this.#heightPx]
    return { editor, curveUi: this.curveUi, region, parameter, heightPx }
  }

  #regionAt({ xPx }: GesturePoint): Region | undefined {
    const { viewport } = this.#editor
    return this.#shown().find(
      (region) => viewport.xOf(region.startSamples) <= xPx && xPx <= viewport.xOf(regionEnd(region)),
    )
  }

  /** The nearest corner within reach. */
  #cornerAt(region: Region, { xPx, yPx }: GesturePoint): number | null {
    const curve = region.performance && curveOf(region.performance, this.#parameter)
    if (!curve) return null
    const reach = shownPoints({ region, parameter: this.#parameter }).map((index) => {
      const x = this.#editor.viewport.xOf(toTimeline(region, curve[index].atSamples))
      const y = yOfValue(curve[index].value, curveScales[this.#parameter], this.#heightPx)
      return { index, offPx: Math.hypot(x - xPx, y - yPx) }
    })
    const nearest = reach.toSorted((a, b) => a.offPx - b.offPx)[0]
    return nearest && nearest.offPx <= POINT_REACH_PX ? nearest.index : null
  }

  /** A line is drawn by a drag, or by two clicks at its ends. */
  #click(press: CurvePress, index: number | null, origin: GesturePoint): void {
    const { lineStart } = this.curveUi
    this.curveUi.lineStart = null
    const { region, parameter } = press
    if (index !== null) return this.#editor.subLanes.focusPoint({ regionId: region.id, parameter, index })
    const point = pointAt(this.#editor, press, origin)
    if (this.#editor.subLanes.tool !== 'line') return putPointAt(press, point)
    if (lineStart?.regionId === region.id) return drawLine(press, lineStart.point, point)
    this.#beginLine(region.id, point)
  }

  #beginLine(regionId: RegionId, point: CurvePoint): void {
    this.curveUi.lineStart = { regionId, point }
    this.#editor.host.say(say.curves.lineBegins)
  }

  #menuItems(press: CurvePress, index: number | null, here: GesturePoint): readonly MenuItem[] {
    const { session } = this.#editor
    const { region, parameter } = press
    const change = (label: string, to: Parameters<typeof changeCurve>[3]): void =>
      session.edit(label, (project) => changeCurve(project, [region.id], parameter, to))
    return [
      index === null
        ? {
            kind: 'act',
            id: 'add',
            label: say.curves.addPoint,
            icon: 'plus',
            run: () => putPointAt(press, pointAt(this.#editor, press, here)),
          }
        : {
            kind: 'act',
            id: 'delete',
            label: say.curves.deletePoint,
            shortcut: 'Del',
            run: () => change(curveStep(press), (curve) => removePoint(curve, index)),
          },
      {
        kind: 'act',
        id: 'clear',
        label: say.curves.clear(region.name),
        icon: 'trash',
        isDisabled: !region.performance || curveOf(region.performance, parameter) === null,
        run: () => change(say.curves.clear(curveStep(press)), () => null),
      },
    ]
  }
}
