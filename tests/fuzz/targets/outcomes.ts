import type { FailureCode } from '../../../src/shared/base/errors.ts'
import { FailureError } from '../../../src/shared/base/errors.ts'
import type { Result } from '../../../src/shared/base/result.ts'
import { promised } from '../engine/target.ts'

/** The value, or null for a failure with a code that belongs here and words to it. */
export function valueOrFailure<T>(result: Result<T>, codes: readonly FailureCode[]): T | null {
  if (result.ok) return result.value
  const { code, message } = result.failure
  promised(codes.includes(code), `refused with ${code}, which is none of ${codes.join(', ')}`)
  promised(message.length > 0 && message.length < 20_000, `refused in ${message.length} letters`)
  return null
}

/** As `valueOrFailure`, of what throws its failures. */
export async function refusedWith(
  codes: readonly FailureCode[],
  action: () => Promise<unknown> | unknown,
): Promise<void> {
  try {
    await action()
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    valueOrFailure({ ok: false, failure: cause.failure }, codes)
  }
}
