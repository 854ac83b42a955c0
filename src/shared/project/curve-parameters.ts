import type { Samples } from '../units/time.ts'
import { curveValue, type Curve } from './curve.ts'
import type { Performance } from './performance.ts'

/** What of a performance can be drawn over time. `blend-1` is how much of the first other singer is heard. */
export const curveParameters = ['intensity', 'blend-1', 'blend-2', 'transposition', 'formant'] as const
export type CurveParameter = (typeof curveParameters)[number]

export interface CurveScale {
  readonly least: number
  readonly most: number
  /** Steps that a value snaps to, and that a key moves by. */
  readonly step: number
  readonly fineStep: number
}

const share: CurveScale = { least: 0, most: 1, step: 0.05, fineStep: 0.01 }

export const curveScales: Readonly<Record<CurveParameter, CurveScale>> = {
  intensity: { least: 0, most: 1.5, step: 0.05, fineStep: 0.01 },
  'blend-1': share,
  'blend-2': share,
  // An octave in each direction is what one draws; more is set as a number.
  transposition: { least: -12, most: 12, step: 1, fineStep: 0.1 },
  formant: { least: -6, most: 6, step: 0.5, fineStep: 0.1 },
}

const blendIndex = (parameter: CurveParameter): number =>
  parameter === 'blend-1' ? 0 : parameter === 'blend-2' ? 1 : -1

/** Whether the performance has what the parameter changes: a blend needs another singer. */
export const hasParameter = (performance: Performance, parameter: CurveParameter): boolean =>
  blendIndex(parameter) < performance.blend.length

/** The curve that is drawn; null where the constant counts. */
export function curveOf(performance: Performance, parameter: CurveParameter): Curve | null {
  if (parameter === 'blend-1' || parameter === 'blend-2') return performance.blend[blendIndex(parameter)]?.curve ?? null
  return performance.curves[parameter]
}

/** What counts where nothing is drawn; a transposition's curve stands on top of it, so it begins at none. */
export function constantOf(performance: Performance, parameter: CurveParameter): number {
  switch (parameter) {
    case 'intensity':
      return performance.emotion.intensity
    case 'formant':
      return performance.formantSemitones
    case 'transposition':
      return 0
    case 'blend-1':
    case 'blend-2':
      return performance.blend[blendIndex(parameter)]?.weight ?? 0
  }
}

/** The value at a position of the source, drawn or constant. */
export function parameterValue(performance: Performance, parameter: CurveParameter, atSamples: Samples): number {
  const curve = curveOf(performance, parameter)
  return curve ? curveValue(curve, atSamples) : constantOf(performance, parameter)
}

/** The performance with another curve, or with none. One without the blend's singer stays as it is. */
export function withCurve(performance: Performance, parameter: CurveParameter, curve: Curve | null): Performance {
  if (curve === curveOf(performance, parameter) || !hasParameter(performance, parameter)) return performance
  if (parameter === 'blend-1' || parameter === 'blend-2') {
    const index = blendIndex(parameter)
    return { ...performance, blend: performance.blend.map((part, at) => (at === index ? { ...part, curve } : part)) }
  }
  return { ...performance, curves: { ...performance.curves, [parameter]: curve } }
}
