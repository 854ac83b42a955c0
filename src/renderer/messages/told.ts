import type { Failure } from '../../shared/base/errors.ts'
import { say } from './say.svelte.ts'

/**
 * A failure in the language of the window: its sentences follow from its code. The words that it came with hold names
 * and figures that a code does not; where other words take their place they go in front of the details.
 */
export function toldFailure(failure: Failure): Failure {
  const message = say.told.failure(failure.code, failure.message)
  if (message === failure.message) return failure
  const original = [failure.message, failure.remedy, failure.details].filter((part) => part !== undefined)
  return {
    ...failure,
    message,
    ...(failure.remedy === undefined ? {} : { remedy: say.told.remedy(failure.code, failure.remedy) }),
    details: original.join('\n'),
  }
}
