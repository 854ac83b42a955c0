import * as z from 'zod'
import { failure, failureCodes, type Failure } from '../../../shared/base/errors.ts'

/** A queue keeps one text of each task that failed: this program's is a failure as JSON, or that nobody wanted it. */
const CANCELLED = 'cancelled'
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

export const reasonOfCancelling = CANCELLED

/** Null where the task was taken back. What the queue itself says is told as a worker that was lost. */
export function failureOfReason(reason: string | undefined): Failure | null {
  if (reason === CANCELLED) return null
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
