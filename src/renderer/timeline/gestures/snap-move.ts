import { snapPosition, type SnapStep } from '../../../shared/project/snap.ts'
import type { SongTime } from '../../../shared/units/song-time.ts'
import type { Samples } from '../../../shared/units/time.ts'

export interface SnappedMove {
  readonly bySamples: Samples
  /** The grid line that holds; null when the move is free. */
  readonly line: Samples | null
}

/** How far something at `position` really moves when the pointer travelled `bySamples`. */
export function snapMove(
  time: SongTime,
  step: SnapStep,
  position: Samples,
  bySamples: Samples,
  isFree: boolean,
): SnappedMove {
  const wanted = Math.max(0, Math.round(position + bySamples))
  if (isFree || step === 'off') return { bySamples: wanted - position, line: null }
  const line = snapPosition(wanted, step, time)
  return { bySamples: line - position, line }
}
