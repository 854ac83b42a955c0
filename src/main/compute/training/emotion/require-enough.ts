import { failure, FailureError } from '../../../../shared/base/errors.ts'
import type { Result } from '../../../../shared/base/result.ts'

/** Throws what the clips lack that could be read, with those that could not be. */
export function requireEnough(checked: Result<unknown>, leftOut: readonly string[], why: string): void {
  if (checked.ok) return
  const { code, message, remedy } = checked.failure
  const told = leftOut.length === 0 ? '' : ` ${leftOut.length} ${why}: ${leftOut.slice(0, 4).join(', ')}.`
  throw new FailureError(failure(code, `${message}${told}`, remedy))
}
