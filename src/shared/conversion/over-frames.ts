import type { Numbers } from '../dsp/numbers.ts'
import { curveValue, type Curve } from '../project/curve.ts'
import { FRAMES_PER_SEC } from './features.ts'
import type { AnalysisSpan } from './windows.ts'

/** A value that a performance asks for: one for all, or one per 5 ms frame of a span. */
export type OverFrames = number | Numbers

export const valueAt = (values: OverFrames, frame: number): number =>
  typeof values === 'number' ? values : values[Math.min(frame, values.length - 1)]

/** Whether a value is 0 everywhere. */
export const isZero = (values: OverFrames): boolean =>
  typeof values === 'number' ? values === 0 : values.every((value) => value === 0)

/** Where the frames of a span stand in its source: in samples, with fractions where 5 ms hold no whole number of them. */
export const framePosition = ({ startSamples, source }: AnalysisSpan, frame: number): number =>
  startSamples + (frame * source.rateHz) / FRAMES_PER_SEC

/** A curve at the frames of a span; the constant where none is drawn. */
export function overFrames(constant: number, curve: Curve | null, span: AnalysisSpan): OverFrames {
  if (curve === null) return constant
  return Float64Array.from({ length: span.frameCount }, (_, frame) => curveValue(curve, framePosition(span, frame)))
}
