import type { ConversionReport, Job } from '../../shared/contract/jobs.ts'
import type { Region } from '../../shared/project/model.ts'

/**
 * What a conversion promises; a figure that breaks it is shown as a warning. An instrument may lose a melody: with half of
 * it, or half a semitone off, it is another one.
 */
export const reportLimits = {
  pitchErrorCents: 20,
  voicingDisagreement: 0.05,
  timingOffsetMs: 1,
  melodyShare: 0.5,
  melodyCents: 50,
} as const

/** The report of the very render that the region has; an older one would speak of another sound. */
export function reportOf(region: Region, jobs: readonly Job[]): ConversionReport | null {
  const { render } = region
  if (!render) return null
  for (const { outcome } of jobs)
    if (outcome?.kind === 'convert' && outcome.report.renderKey === render.key) return outcome.report
  return null
}

/** The value of a course that is farthest from zero, and which of its spans has it; null where nothing was measured. */
export function farthest(values: readonly (number | null)[]): { readonly value: number; readonly span: number } | null {
  let found: { readonly value: number; readonly span: number } | null = null
  for (const [span, value] of values.entries())
    if (value !== null && Math.abs(value) > Math.abs(found?.value ?? 0)) found = { value, span }
  return found
}

/** The pieces of a line through the values, `M` where it begins anew after nothing was measured, in a box 1 high. */
export function coursePath(values: readonly (number | null)[], lowest: number, highest: number): string {
  const place = (value: number): number =>
    Math.round((1000 * (highest - Math.min(highest, Math.max(lowest, value)))) / (highest - lowest)) / 1000
  const pieces = values.map((value, span) => {
    if (value === null) return ''
    const before = values[span - 1] ?? null
    const after = values[span + 1] ?? null
    const at = `${before === null ? 'M' : 'L'}${span + 0.5} ${place(value)}`
    // One span alone would be no line.
    return before === null && after === null ? `${at}h0.5` : at
  })
  return pieces.join('')
}
