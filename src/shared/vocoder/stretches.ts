import { throwIfCancelled, type Progress } from '../base/progress.ts'
import { FRAME_SAMPLES } from '../networks/source-filter/config.ts'

/** Frames that are sung together, and those around them that are heard with them; ends are not included. */
export interface Stretch {
  readonly first: number
  readonly end: number
  /** With the context, as far as there is sound. */
  readonly from: number
  readonly to: number
}

/** A sound in stretches of so many frames, with as much around each as its network hears. */
export function* stretchesOf(
  sampleCount: number,
  { chunkFrames, reachFrames }: { readonly chunkFrames: number; readonly reachFrames: number },
  progress: Progress,
): Generator<Stretch> {
  const frames = Math.ceil(sampleCount / FRAME_SAMPLES)
  for (let first = 0; first < frames; first += chunkFrames) {
    throwIfCancelled(progress)
    progress.report(first / frames, 'singing')
    const end = Math.min(first + chunkFrames, frames)
    yield { first, end, from: Math.max(first - reachFrames, 0), to: Math.min(end + reachFrames, frames) }
  }
}
