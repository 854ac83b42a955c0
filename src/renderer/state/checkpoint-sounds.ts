import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import type { MediaId } from '../../shared/contract/media.ts'

/** How the checkpoints of a training are heard: a singer's on a phrase or a stem, an emotion model's on a clip. */
export interface CheckpointSounds {
  /** The step that is being rendered now. */
  readonly rendering: number | null
  /** What they are held against; null until it is there. */
  readonly original: MediaId | null
  /** Its weights are kept, and can be heard on anything. */
  isKept(step: number): boolean
  /** It sounds already, or can be made to. */
  canHear(point: TrainingPoint): boolean
  /** A checkpoint's sound that is there already. */
  soundOf(step: number, auditionId: string | null): MediaId | null
  /** Its sound once it is there, null where it did not come to be. */
  render(step: number): Promise<MediaId | null>
}
