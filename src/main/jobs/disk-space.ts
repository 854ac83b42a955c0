import { statfs } from 'node:fs/promises'
import { failure, type Failure } from '../../shared/base/errors.ts'

/** What is left free, so that saving the song still has room. */
const KEPT_FREE_BYTES = 200_000_000

/** What wants to write, in words that end a sentence. */
export interface DiskUse {
  readonly neededBytes: number
  /** "converting", "learning". */
  readonly work: string
  readonly remedy: string
}

/** Why there is too little room for this; null where there is enough, or where the disk does not tell. */
export async function diskProblem(folder: string, { neededBytes, work, remedy }: DiskUse): Promise<Failure | null> {
  const disk = await statfs(folder).catch(() => null)
  if (disk === null) return null
  const freeBytes = disk.bavail * disk.bsize
  if (freeBytes >= KEPT_FREE_BYTES + neededBytes) return null
  const megabytes = (bytes: number) => Math.floor(bytes / 1e6)
  return failure(
    'disk-full',
    `Only ${megabytes(freeBytes)} MB are free on the disk; ${work} needs ${megabytes(neededBytes)} MB, and ${megabytes(KEPT_FREE_BYTES)} MB are kept for saving.`,
    remedy,
  )
}
