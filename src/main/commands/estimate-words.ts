import type { PresetEstimate } from '../../shared/contract/estimates.ts'
import { formatDuration } from '../../shared/units/time.ts'

/** What a training will take, and what is there of it. */
interface Estimate extends PresetEstimate {
  /** That will train; null where none was measured. */
  readonly engine: string | null
  readonly freeMemoryBytes: number
}

/**
 * What a training will take, as a line for a terminal.
 * @param of what takes the steps, to stand before them: "preview"; nothing where that is plain
 */
export function describeEstimate(estimate: Estimate, of?: string): string {
  const { stepCount, sec, memoryBytes, diskBytes, engine, freeMemoryBytes } = estimate
  const time =
    sec === null
      ? 'nobody knows how long: run "understudy backend"'
      : `${formatDuration(sec.lowSec)} to ${formatDuration(sec.highSec)}`
  const short = memoryBytes > freeMemoryBytes ? `, and ${gigabytes(freeMemoryBytes)} are free` : ''
  const memory = `about ${gigabytes(memoryBytes)} of memory${short}`
  // Tables take no steps, so no engine either, and next to nothing of the disk.
  if (stepCount === 0) return `statistics: ${time}, ${memory}\n`
  const steps = `${of === undefined ? '' : `${of}, `}${stepCount} steps`
  return `${steps}: ${time}${engine === null ? '' : ` on ${engine}`}, ${memory} and ${gigabytes(diskBytes)} of disk\n`
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`
