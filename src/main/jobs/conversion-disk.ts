import { FailureError } from '../../shared/base/errors.ts'
import { diskProblem } from './disk-space.ts'

/** A render holds singles of at most two channels. */
const MOST_BYTES_PER_SAMPLE = 8
/** Features of a long region lie beside the render while it is made: a gigabyte an hour for each singer. */
const FEATURE_BYTES_PER_SEC = 300_000

/** What converting so much sound takes of the disk at most, while it runs. */
export const bytesToConvert = (durationSamples: number, rateHz: number, singerCount = 1): number =>
  durationSamples * MOST_BYTES_PER_SAMPLE + Math.ceil((durationSamples / rateHz) * FEATURE_BYTES_PER_SEC * singerCount)

/** Throws FailureError `disk-full` when a conversion would leave too little room to save the song. */
export async function requireDisk(folder: string, neededBytes: number): Promise<void> {
  const remedy = 'Free some space and convert again. Your song is unchanged.'
  const problem = await diskProblem(folder, { neededBytes, work: 'converting', remedy })
  if (problem !== null) throw new FailureError(problem)
}
