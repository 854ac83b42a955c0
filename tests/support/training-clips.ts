import { createRandom } from '../../src/shared/base/random.ts'
import type { TrainingClip } from '../../src/shared/training/clip.ts'

/** A clip of moving bands with a pause after each so many frames. */
export function createClip(seed: number, frameCount: number, pauseEvery = 220, singerIndex = 0): TrainingClip {
  const random = createRandom(seed)
  const isPause = (frame: number) => frame % pauseEvery > pauseEvery - 40
  return {
    shapes: Float32Array.from(
      { length: frameCount * 64 },
      (_, index) => 2 * Math.sin(index / 64 / 9 + (index % 64) / 5) + 0.2 * random.normal(),
    ),
    pitch: Float32Array.from({ length: frameCount }, (_, frame) => 0.3 * Math.sin(frame / 50)),
    voiced: Float32Array.from({ length: frameCount }, (_, frame) => (isPause(frame) ? 0 : 1)),
    energy: Float32Array.from({ length: frameCount }, (_, frame) => (isPause(frame) ? -2.5 : -0.2)),
    active: Uint8Array.from({ length: frameCount }, (_, frame) => (isPause(frame) ? 0 : 1)),
    isNarrow: false,
    singerIndex,
  }
}

/** The same without its shapes, for what only asks where frames are. */
export const createOutline = (frameCount: number, pauseEvery: number, singerIndex = 0): TrainingClip => ({
  ...createClip(1, 0, pauseEvery, singerIndex),
  pitch: new Float32Array(frameCount),
  active: Uint8Array.from({ length: frameCount }, (_, frame) => (frame % pauseEvery > pauseEvery - 40 ? 0 : 1)),
})
