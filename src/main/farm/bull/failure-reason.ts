import * as z from 'zod'
import { failure, failureCodes, type Failure } from '../../../shared/base/errors.ts'

/** A queue keeps one text of each task that did not end well: a failure as JSON, or what a person wanted of it. */
const wanted = ['cancelled', 'paused'] as const
export type WantedEnd = (typeof wanted)[number]
const LONGEST_TEXT = 2000
const text = z.string().max(LONGEST_TEXT)
const stored = z.object({
  code: z.enum(failureCodes),
  message: text,
  remedy: text.optional(),
  details: text.optional(),
})

export const reasonOfFailure = (failed: Failure): string =>
  JSON.stringify({
    code: failed.code,
    message: failed.message.slice(0, LONGEST_TEXT),
    ...(failed.remedy === undefined ? {} : { remedy: failed.remedy.slice(0, LONGEST_TEXT) }),
    ...(failed.details === undefined ? {} : { details: failed.details.slice(0, LONGEST_TEXT) }),
  })

/** Null where the task failed. */
export const wantedEndOf = (reason: string | undefined): WantedEnd | null =>
  wanted.find((end) => end === reason) ?? null

/** What the queue itself says is told as a worker that was lost. */
export function failureOfReason(reason: string | undefined): Failure {
  const parsed = stored.safeParse(parsedJson(reason ?? ''))
  if (parsed.success) {
    const { code, message, remedy, details } = parsed.data
    return failure(code, message, remedy, details)
  }
  return failure(
    'engine-stopped',
    'The machines that worked on this stopped, one after the other.',
    'Look at the workers: one may lack memory or disk. Then try again.',
    reason?.slice(0, LONGEST_TEXT),
  )
}

function parsedJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return null // the queue's own words
  }
}
