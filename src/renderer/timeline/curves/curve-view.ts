import type { CurvePoint } from '../../../shared/project/curve.ts'
import { curveScales, type CurveParameter, type CurveScale } from '../../../shared/project/curve-parameters.ts'
import { keptValue } from '../../../shared/project/edits/curves.ts'
import type { Region } from '../../../shared/project/model.ts'
import { regionEnd } from '../../../shared/project/queries.ts'
import { snapPosition } from '../../../shared/project/snap.ts'
import type { Samples } from '../../../shared/units/time.ts'
import type { Editor } from '../../state/Editor.svelte.ts'

/** Kept free above and below, so that a corner at either end can be taken hold of. */
const MARGIN_PX = 7
/** A pointer this near a corner has it. */
export const POINT_REACH_PX = 9

export function yOfValue(value: number, { least, most }: CurveScale, heightPx: number): number {
  return MARGIN_PX + (1 - (value - least) / (most - least)) * (heightPx - 2 * MARGIN_PX)
}

export function valueAtY(yPx: number, scale: CurveScale, heightPx: number): number {
  const share = 1 - (yPx - MARGIN_PX) / (heightPx - 2 * MARGIN_PX)
  return keptValue(scale.least + share * (scale.most - scale.least), scale)
}

/** A value on the nearest step of the scale. */
export const snapValue = (value: number, scale: CurveScale): number =>
  keptValue(Math.round(value / scale.step) * scale.step, scale)

/** Where a position of a region's source stands on the timeline. */
export const toTimeline = (region: Region, atSamples: Samples): Samples =>
  region.startSamples + atSamples - region.sourceStartSamples

export const toSource = (region: Region, position: Samples): Samples =>
  region.sourceStartSamples + position - region.startSamples

/** The corner that a pointer means in a region: on the grid and on a step of the value, unless it is free. */
export function pointAt(
  { viewport, session, snapStep }: Pick<Editor, 'viewport' | 'session' | 'snapStep'>,
  { region, parameter, heightPx }: CurvePlace,
  pointer: { readonly xPx: number; readonly yPx: number; readonly isFree: boolean },
): CurvePoint {
  const scale = curveScales[parameter]
  const under = viewport.positionAt(pointer.xPx)
  const position = pointer.isFree ? under : snapPosition(under, snapStep, session.time)
  const inside = Math.min(regionEnd(region), Math.max(region.startSamples, position))
  const value = valueAtY(pointer.yPx, scale, heightPx)
  return { atSamples: toSource(region, inside), value: pointer.isFree ? value : snapValue(value, scale) }
}

/** One region's part of a curve's lane. */
export interface CurvePlace {
  readonly region: Region
  readonly parameter: CurveParameter
  readonly heightPx: number
}
