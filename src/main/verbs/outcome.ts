import { CancelledError, failure, FailureError } from '../../shared/base/errors.ts'
import { failed, ok, type Result } from '../../shared/base/result.ts'
import type { Logger } from '../logger.ts'

/** The value, or a throw that the rim turns back into the failure: handlers read top to bottom. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new FailureError(result.failure)
  return result.value
}

/** The rim: whatever a handler throws becomes a failure with a code; a bug is logged. */
export async function outcomeOf<T>(doing: string, logger: Logger, action: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await action())
  } catch (cause) {
    if (cause instanceof FailureError) {
      logger.info(`${doing} was not done: ${cause.failure.code}`)
      return failed(cause.failure)
    }
    if (cause instanceof CancelledError) return failed(failure('job-interrupted', `${doing} was cancelled.`))
    logger.error(`${doing} ended in a fault`, cause)
    const details = cause instanceof Error ? cause.message : String(cause)
    return failed(failure('program-fault', `${doing} ended in a fault of the program.`, 'The log says more.', details))
  }
}
