import { failure, FailureError } from '../../shared/base/errors.ts'

/** Where tasks wait, and where their bytes lie. */
export interface FarmAddress {
  /** `redis://…` */
  readonly queue: string
  /** A folder that all machines share, or `s3://bucket/prefix`. */
  readonly store: string
}

/** From what was given with a command, else from `UNDERSTUDY_QUEUE` and `UNDERSTUDY_STORE`; null where no queue is named. */
export function farmAddress(
  given: Partial<FarmAddress>,
  environment: Readonly<Record<string, string | undefined>>,
): FarmAddress | null {
  const queue = given.queue ?? (environment['UNDERSTUDY_QUEUE'] || undefined)
  const store = given.store ?? (environment['UNDERSTUDY_STORE'] || undefined)
  if (queue === undefined) return null
  if (store !== undefined) return { queue, store }
  throw new FailureError(
    failure(
      'request-invalid',
      'A queue is named, but no place for the sounds that travel with its tasks.',
      'Set UNDERSTUDY_STORE, or give --store: a folder that all machines share, or s3://bucket/prefix.',
    ),
  )
}
