import { failure, FailureError, type Failure } from '../../../shared/base/errors.ts'

/** Words that engines, drivers and V8 use where memory could not be had. */
const MEMORY_WORDS =
  /out of memory|out-of-memory|\bOOM\b|resource ?exhausted|allocation failed|failed to allocate|heap limit|bad_alloc/i
const DEVICE_WORDS = /device (was |is |has been )?lost|lost device|DXGI_ERROR_DEVICE_REMOVED|VK_ERROR_DEVICE_LOST/i

/** What a throw inside a worker means to the person. An expected failure stays as it is. */
export function failureOfFault(cause: unknown): Failure {
  if (cause instanceof FailureError) return cause.failure
  const message = cause instanceof Error ? cause.message : String(cause)
  const details = cause instanceof Error ? (cause.stack ?? cause.message) : message
  return (
    engineFailureIn(message, details) ??
    failure('program-fault', 'The computation ended in a fault of the program.', undefined, details)
  )
}

/** The engine's own failures, told by their words; null where there are none of these. */
export function engineFailureIn(words: string, details: string): Failure | null {
  if (DEVICE_WORDS.test(words)) {
    const message = 'The graphics driver took the device away while the engine worked on this.'
    return failure('engine-device-lost', message, 'Try again; the engine starts anew.', details)
  }
  if (MEMORY_WORDS.test(words)) {
    const message = 'The compute engine found no more memory for this.'
    return failure('engine-out-of-memory', message, 'Close other programs, then try again.', details)
  }
  return null
}
