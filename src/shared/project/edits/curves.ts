import type { RegionId } from '../../base/id.ts'
import type { Samples } from '../../units/time.ts'
import { curveValue, firstAfter, type Curve, type CurvePoint } from '../curve.ts'
import {
  constantOf,
  curveOf,
  curveScales,
  withCurve,
  type CurveParameter,
  type CurveScale,
} from '../curve-parameters.ts'
import type { Project, Region } from '../model.ts'
import type { Performance } from '../performance.ts'
import { changePerformance } from './performance.ts'

/** A curve under change; null where nothing is drawn. */
export type Drawn = Curve | null

/** Values are kept in ten thousandths: finer than anybody hears, and short in the document. */
const VALUE_STEPS = 10_000

/** A value that a curve of the scale can have. */
export const keptValue = (value: number, { least, most }: Pick<CurveScale, 'least' | 'most'>): number =>
  Math.round(Math.min(most, Math.max(least, value)) * VALUE_STEPS) / VALUE_STEPS

/** Adds a corner, or gives the one that is there already another value. */
export function putPoint(curve: Drawn, point: CurvePoint): Curve {
  if (!curve) return [point]
  const next = firstAfter(curve, point.atSamples)
  const isThere = next > 0 && curve[next - 1].atSamples === point.atSamples
  if (isThere && curve[next - 1].value === point.value) return curve
  return [...curve.slice(0, isThere ? next - 1 : next), point, ...curve.slice(next)]
}

/** Removes a corner; without the last one nothing is drawn any more. */
export function removePoint(curve: Drawn, index: number): Drawn {
  if (!curve || !curve[index]) return curve
  return curve.length === 1 ? null : curve.filter((_, at) => at !== index)
}

/** Moves a corner; it stays between its neighbors, so that the order never changes. */
export function movePoint(curve: Curve, index: number, to: CurvePoint): Curve {
  const point = curve[index]
  if (!point) return curve
  const earliest = index === 0 ? 0 : curve[index - 1].atSamples + 1
  const latest = index === curve.length - 1 ? Infinity : curve[index + 1].atSamples - 1
  const atSamples = Math.min(latest, Math.max(earliest, Math.round(to.atSamples)))
  if (atSamples === point.atSamples && to.value === point.value) return curve
  return curve.map((one, at) => (at === index ? { atSamples, value: to.value } : one))
}

/**
 * Puts what was drawn in the place of everything between its ends. Outside of them every value stays as it was: a
 * corner one sample beyond each end holds it where the new line would change it.
 *
 * @param drawn in time order, each later than the one before, at least one
 * @param constant what counted where nothing was drawn
 */
export function drawStretch(curve: Drawn, drawn: Curve, constant: number): Curve {
  const start = drawn[0].atSamples
  const end = drawn[drawn.length - 1].atSamples
  const old = curve ?? [{ atSamples: start, value: constant }]
  const before = old.slice(0, firstAfter(old, start - 1))
  const after = old.slice(firstAfter(old, end))
  return [
    ...withPin(before, start > 0 ? { atSamples: start - 1, value: keptAt(old, start - 1) } : null),
    ...drawn,
    ...withPin(after, { atSamples: end + 1, value: keptAt(old, end + 1) }),
  ]
}

/** A pin is not needed where a corner stands already. */
const withPin = (side: Curve, pin: CurvePoint | null): Curve => {
  if (!pin || side.some((point) => point.atSamples === pin.atSamples)) return side
  return [...side, pin].sort((a, b) => a.atSamples - b.atSamples)
}

const keptAt = (curve: Curve, atSamples: Samples): number =>
  Math.round(curveValue(curve, atSamples) * VALUE_STEPS) / VALUE_STEPS

/** What a hand drew, with corners only where it turned: no value moves by more than `tolerance`. */
export function simplified(drawn: Curve, tolerance: number): Curve {
  if (drawn.length <= 2) return drawn
  const [first, last] = [drawn[0], drawn[drawn.length - 1]]
  let farthest = 0
  let distance = 0
  for (let index = 1; index < drawn.length - 1; index++) {
    const off = Math.abs(drawn[index].value - curveValue([first, last], drawn[index].atSamples))
    if (off > distance) [farthest, distance] = [index, off]
  }
  if (distance <= tolerance) return [first, last]
  return [
    ...simplified(drawn.slice(0, farthest + 1), tolerance).slice(0, -1),
    ...simplified(drawn.slice(farthest), tolerance),
  ]
}

/** The part of a curve between two positions, with corners at both. */
export function curveWithin(curve: Curve, startSamples: Samples, endSamples: Samples): Curve {
  const inside = curve.filter((point) => point.atSamples > startSamples && point.atSamples < endSamples)
  return [
    { atSamples: startSamples, value: keptAt(curve, startSamples) },
    ...inside,
    { atSamples: endSamples, value: keptAt(curve, endSamples) },
  ]
}

/** Changes one curve of regions; those without a performance, or without the blend's singer, are left alone. */
export const changeCurve = (
  project: Project,
  regionIds: readonly RegionId[],
  parameter: CurveParameter,
  change: (curve: Drawn, performance: Performance) => Drawn,
): Project =>
  changePerformance(project, regionIds, (performance) =>
    withCurve(performance, parameter, change(curveOf(performance, parameter), performance)),
  )

/** A curve taken from a region to be drawn into others: positions count from the region's start. */
export interface CopiedCurve {
  readonly parameter: CurveParameter
  readonly points: Curve
}

/** What a region's lane shows; null where nothing is drawn. */
export function copyCurve(region: Region, parameter: CurveParameter): CopiedCurve | null {
  const curve = region.performance && curveOf(region.performance, parameter)
  if (!curve) return null
  const { sourceStartSamples, durationSamples } = region
  const points = curveWithin(curve, sourceStartSamples, sourceStartSamples + durationSamples)
  return {
    parameter,
    points: points.map(({ atSamples, value }) => ({ atSamples: atSamples - sourceStartSamples, value })),
  }
}

/** Draws a copied curve into regions from their start; what passes a region's end is left away. */
export const pasteCurve = (
  project: Project,
  regionIds: readonly RegionId[],
  parameter: CurveParameter,
  copied: CopiedCurve,
): Project =>
  regionIds.reduce((document, id) => {
    const region = document.regions[id]
    if (!region?.performance) return document
    const end = Math.min(region.durationSamples, copied.points[copied.points.length - 1].atSamples)
    const points = curveWithin(copied.points, 0, end).map(({ atSamples, value }) => ({
      atSamples: atSamples + region.sourceStartSamples,
      value: keptValue(value, curveScales[parameter]),
    }))
    return changeCurve(document, [id], parameter, (curve, performance) =>
      drawStretch(curve, points, constantOf(performance, parameter)),
    )
  }, project)
