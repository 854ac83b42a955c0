import { statfs } from 'node:fs/promises'
import { failure, FailureError } from '../../shared/base/errors.ts'

/** What is left free, so that saving the song still has room. */
const KEPT_FREE_BYTES = 200_000_000
/** A render holds singles of at most two channels. */
const MOST_BYTES_PER_SAMPLE = 8
/** Features of a long region lie beside the render while it is made: a gigabyte an hour for each singer. */
const FEATURE_BYTES_PER_SEC = 300_000

/** What converting so much sound takes of the disk at most, while it runs. */
export const bytesToConvert = (durationSamples: number, rateHz: number, singerCount = 1): number =>
  durationSamples * MOST_BYTES_PER_SAMPLE + Math.ceil((durationSamples / rateHz) * FEATURE_BYTES_PER_SEC * singerCount)

/** Throws FailureError `disk-full` when a conversion would leave too little room to save the song. */
export async function requireDisk(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const freeBytes = bavail * bsize
  if (freeBytes >= KEPT_FREE_BYTES + neededBytes) return
  const megabytes = (bytes: number) => Math.floor(bytes / 1e6)
  throw new FailureError(
    failure(
      'disk-full',
      `Only ${megabytes(freeBytes)} MB are free on the disk; converting needs ${megabytes(neededBytes)} MB, and ${megabytes(KEPT_FREE_BYTES)} MB are kept for saving.`,
      'Free some space and convert again. Your song is unchanged.',
    ),
  )
}
