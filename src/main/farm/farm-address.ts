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

/**
 * An address as it may be shown, and be given to another machine: what may be a name, a password or a key is left out.
 * Of one that can't be read and holds an @ its scheme is left at most; a folder stays as it is.
 */
export function withoutCredentials(address: string): string {
  const isFolder = /^([/\\]|[a-z]:[/\\])/i.test(address)
  if (isFolder) return address
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.exec(address)?.[0] ?? ''
  const { host, pathname } = scheme !== '' && URL.canParse(address) ? new URL(address) : unread
  // A password that holds a slash is read as a part of the path.
  if (host === '' || pathname.includes('@')) return address.includes('@') ? `${scheme}…` : address
  return `${scheme}${host}${pathname}`
}

const unread = { host: '', pathname: '' } as const
