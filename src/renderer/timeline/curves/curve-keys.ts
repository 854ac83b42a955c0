import type { CurvePoint } from '../../../shared/project/curve.ts'
import { curveOf, curveScales, parameterValue, type CurveParameter } from '../../../shared/project/curve-parameters.ts'
import { changeCurve, keptValue, movePoint, putPoint, removePoint } from '../../../shared/project/edits/curves.ts'
import type { Region } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import { nextGridLine } from '../../../shared/project/snap.ts'
import type { Samples } from '../../../shared/units/time.ts'
import { say } from '../../messages/say.svelte.ts'
import { parameterLabel } from '../../state/curve-words.ts'
import type { Editor } from '../../state/Editor.svelte.ts'
import { toSource, toTimeline } from './curve-view.ts'

/** A corner, or a region's curve without any. */
export interface KeyedPoint {
  readonly region: Region
  readonly parameter: CurveParameter
  readonly index: number | null
}

/** What a key does to a corner; true when it was one of its keys. */
export function pressPointKey(
  editor: Editor,
  point: KeyedPoint,
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  switch (event.key) {
    case 'ArrowUp':
    case 'ArrowDown':
      return moveValue(editor, point, event.key === 'ArrowUp' ? 1 : -1, event.shiftKey)
    case 'ArrowLeft':
    case 'ArrowRight':
      return moveAlong(editor, point, event.key === 'ArrowRight' ? 1 : -1, event.shiftKey)
    case 'PageUp':
    case 'PageDown':
    case 'Home':
    case 'End':
      return goTo(editor, point, event.key)
    case 'Enter':
      return addPoint(editor, point)
    case 'Delete':
    case 'Backspace':
      return deletePoint(editor, point)
    default:
      return false
  }
}

const curveOfPoint = ({ region, parameter }: KeyedPoint) =>
  region.performance ? curveOf(region.performance, parameter) : null

function moveTo(editor: Editor, keyed: KeyedPoint, to: (point: CurvePoint) => CurvePoint): boolean {
  const { region, parameter, index } = keyed
  const point = index === null ? undefined : curveOfPoint(keyed)?.[index]
  if (index === null || !point) return true
  editor.session.nudge(
    `${region.id} ${parameter} ${index}`,
    say.edits.valueOf(parameterLabel(parameter), region.name),
    (project) => changeCurve(project, [region.id], parameter, (curve) => curve && movePoint(curve, index, to(point))),
  )
  return true
}

/** By a step of the scale, from step to step. */
function moveValue(editor: Editor, keyed: KeyedPoint, direction: 1 | -1, isFine: boolean): boolean {
  const scale = curveScales[keyed.parameter]
  const step = isFine ? scale.fineStep : scale.step
  return moveTo(editor, keyed, ({ atSamples, value }) => ({
    atSamples,
    value: keptValue((Math.round(value / step) + direction) * step, scale),
  }))
}

function moveAlong(editor: Editor, keyed: KeyedPoint, direction: 1 | -1, isFine: boolean): boolean {
  const { region } = keyed
  return moveTo(editor, keyed, ({ atSamples, value }) => {
    const position = toTimeline(region, atSamples)
    const next = nextGridLine(position, direction, isFine ? '10 ms' : editor.snapStep, editor.session.time)
    return { atSamples: toSource(region, insideRegion(region, next)), value }
  })
}

const insideRegion = (region: Region, position: Samples): Samples =>
  Math.min(regionEnd(region), Math.max(region.startSamples, position))

/** To another corner that the lane shows. */
function goTo(editor: Editor, keyed: KeyedPoint, key: 'PageUp' | 'PageDown' | 'Home' | 'End'): boolean {
  const shown = shownPoints(keyed)
  const at = shown.indexOf(keyed.index ?? -1)
  const next = {
    PageUp: Math.max(0, at - 1),
    PageDown: Math.min(shown.length - 1, at + 1),
    Home: 0,
    End: shown.length - 1,
  }
  const index = shown[next[key]]
  if (index !== undefined) editor.subLanes.focusPoint({ regionId: keyed.region.id, parameter: keyed.parameter, index })
  return true
}

/** Indices of the corners inside a region's span. */
export function shownPoints(keyed: Pick<KeyedPoint, 'region' | 'parameter'>): readonly number[] {
  const { region } = keyed
  const end = toSource(region, regionEnd(region))
  return (curveOfPoint({ ...keyed, index: null }) ?? []).flatMap(({ atSamples }, index) =>
    atSamples >= region.sourceStartSamples && atSamples <= end ? [index] : [],
  )
}

/** At the playhead where it stands in the region, else half-way to the next corner or to the region's end. */
function addPoint(editor: Editor, keyed: KeyedPoint): boolean {
  const { region, parameter, index } = keyed
  if (!region.performance) return true
  const curve = curveOfPoint(keyed)
  const head = editor.transport.positionSamples
  const isUnderHead = head >= region.startSamples && head <= regionEnd(region)
  const isTaken = curve?.some((point) => point.atSamples === toSource(region, head)) ?? false
  const from = (index === null ? null : curve?.[index]?.atSamples) ?? region.sourceStartSamples
  const until = (index === null ? null : curve?.[index + 1]?.atSamples) ?? toSource(region, regionEnd(region))
  const atSamples = isUnderHead && !isTaken ? toSource(region, head) : Math.round((from + until) / 2)
  const value = keptValue(parameterValue(region.performance, parameter, atSamples), curveScales[parameter])
  editor.session.edit(`${parameterLabel(parameter)} of ${region.name}`, (project) =>
    changeCurve(project, [region.id], parameter, (drawn) => putPoint(drawn, { atSamples, value })),
  )
  const performance = editor.session.project.regions[region.id]?.performance
  const added = performance && curveOf(performance, parameter)?.findIndex((point) => point.atSamples === atSamples)
  if (typeof added === 'number' && added >= 0)
    editor.subLanes.focusPoint({ regionId: region.id, parameter, index: added })
  return true
}

function deletePoint(editor: Editor, keyed: KeyedPoint): boolean {
  const { region, parameter, index } = keyed
  if (index === null) return true
  editor.session.edit(say.curves.deletePointOf(region.name), (project) =>
    changeCurve(project, [region.id], parameter, (curve) => removePoint(curve, index)),
  )
  editor.subLanes.focusPoint({ regionId: region.id, parameter, index: Math.max(0, index - 1) })
  return true
}
