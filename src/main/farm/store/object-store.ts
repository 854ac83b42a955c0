import { assert } from '../../../shared/base/assert.ts'

/**
 * Objects by name, each whole or not there. Names are made by this program (see `checkedName`). Everything throws
 * FailureError: store-unreachable, store-refused, disk-full, folder-read-only, file-unreadable.
 */
export interface ObjectStore {
  /** For people: "the folder /mnt/studio", "the bucket x at https://…"; never credentials. */
  readonly place: string
  has(name: string): Promise<boolean>
  /** The whole object; null where there is none. */
  read(name: string): Promise<Uint8Array | null>
  /** Appears whole or not at all, in place of what had the name. Writing the same twice is fine, also at once. */
  write(name: string, bytes: Uint8Array): Promise<void>
  /** Does nothing where there is none. */
  remove(name: string): Promise<void>
  /** Ends connections. What is asked afterwards fails. */
  close(): void
}

/**
 * The name itself, if it is one: segments of a-z, 0-9, `_`, `-` and dots in the middle, between single slashes. So it is
 * a path below a folder on every system. Another name is a bug: names from outside are digests that a parser took.
 */
export function checkedName(name: string): string {
  const isFine = name.length <= 400 && name.split('/').every((segment) => /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(segment))
  assert(isFine, `“${name.slice(0, 400)}” is no name of an object`)
  return name
}
