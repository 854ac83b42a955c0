/**
 * Every expected failure of the program, by code. A message says what happened, to which thing,
 * what was expected, what was found, and what the person can do.
 */
export const failureCodes = [
  'audio-empty', // no samples at all
  'audio-silent', // nothing above the noise floor
  'audio-too-short',
  'audio-too-long',
  'audio-truncated', // the header promises more than the file holds
  'audio-unreadable', // not audio, or a codec that no decoder takes
  'audio-not-finite', // NaN or infinity among the samples
  'audio-rate-low', // too few samples a second to analyze
  'audio-unvoiced', // no pitch to be found
  'clips-too-few', // not enough voice to train on
  'checkpoint-invalid', // shapes, byte caps, non-finite numbers, foreign digest
  'content-damaged', // a store holds other bytes than were sent
  'content-missing', // a store does not hold what was to be there
  'disk-full',
  'engine-unavailable',
  'engine-stopped', // a compute worker died
  'engine-out-of-memory', // a compute worker took more than it may, or than there is
  'engine-device-lost', // the driver took the device away
  'file-missing',
  'file-unreadable',
  'folder-read-only',
  'job-interrupted', // the program ended while the job ran
  'library-corrupt',
  'library-in-use', // another process holds the library
  'library-newer', // written by a newer version
  'name-taken',
  'not-found',
  'program-fault', // a bug: logged, and told as such
  'project-invalid',
  'project-newer',
  'queue-unreachable', // Redis or Valkey does not answer
  'request-invalid',
  'request-refused', // the wrong page, token or host
  'singer-unknown',
  'store-address-invalid', // neither a folder nor s3://bucket/prefix
  'store-refused', // wrong credentials, no such bucket, no right to write there
  'store-unreachable', // a share that is not mounted, a server that does not answer
  'training-diverged', // its numbers grew beyond all bounds
] as const

export type FailureCode = (typeof failureCodes)[number]

/** Plain data, so that it crosses a process border unchanged. */
export interface Failure {
  readonly code: FailureCode
  /** What happened, to which thing, expected and found: one or two plain sentences. */
  readonly message: string
  /** What the person can do next, if there is anything. */
  readonly remedy?: string
  /** For the log and "copy details". */
  readonly details?: string
}

export const failure = (code: FailureCode, message: string, remedy?: string, details?: string): Failure => ({
  code,
  message,
  ...(remedy === undefined ? {} : { remedy }),
  ...(details === undefined ? {} : { details }),
})

/** Carries a Failure through code that throws; caught only at the rims. */
export class FailureError extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'FailureError'
    this.failure = failure
  }
}

/** Cancellation is neither a bug nor a failure: it is its own outcome. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled')
    this.name = 'CancelledError'
  }
}
