import type { Random } from '../base/random.ts'
import type { Span, TrainingClip } from './clip.ts'

/** Frames of a crop: 1.6 s. */
export const CROP_FRAMES = 160
/** As many crops at most judge a network; enough for a steady figure, few enough for a second of work. */
const MOST_HELD_OUT_CROPS = 24

/** Draws crops: a singer by the square root of its duration, then any start within its spans. */
export interface CropSampler {
  draw(random: Random): Span
}

export function createCropSampler(clips: readonly TrainingClip[], spans: readonly Span[]): CropSampler {
  const bySinger = new Map<number, Span[]>()
  for (const span of spans) {
    const { singerIndex } = clips[span.clipIndex]
    bySinger.set(singerIndex, [...(bySinger.get(singerIndex) ?? []), span])
  }
  const singers = [...bySinger.values()].map((own) => ({
    spans: own,
    weight: Math.sqrt(own.reduce((sum, { frameCount }) => sum + frameCount, 0)),
  }))
  const startsOf = ({ frameCount }: Span) => Math.max(frameCount - CROP_FRAMES + 1, 1)
  return {
    draw(random) {
      const { spans: own } = pick(singers, ({ weight }) => weight, random.uniform())
      const span = pick(own, startsOf, random.uniform())
      const startFrame = span.startFrame + random.integer(startsOf(span))
      return { clipIndex: span.clipIndex, startFrame, frameCount: Math.min(span.frameCount, CROP_FRAMES) }
    },
  }
}

/** The crops that judge: side by side over the held-out phrases, thinned evenly where there are many. */
export function heldOutCrops(spans: readonly Span[]): Span[] {
  const crops = spans.flatMap(({ clipIndex, startFrame, frameCount }) => {
    const pieces = Math.max(Math.floor(frameCount / CROP_FRAMES), 1)
    return Array.from({ length: pieces }, (_, piece) => ({
      clipIndex,
      startFrame: startFrame + piece * CROP_FRAMES,
      frameCount: Math.min(frameCount, CROP_FRAMES),
    }))
  })
  const step = Math.max(crops.length / MOST_HELD_OUT_CROPS, 1)
  return Array.from(
    { length: Math.min(crops.length, MOST_HELD_OUT_CROPS) },
    (_, index) => crops[Math.floor(index * step)],
  )
}

/** @param position in [0, 1) of the summed weights */
function pick<Item>(items: readonly Item[], weightOf: (item: Item) => number, position: number): Item {
  let rest = position * items.reduce((sum, item) => sum + weightOf(item), 0)
  for (const item of items) {
    rest -= weightOf(item)
    if (rest < 0) return item
  }
  return items[items.length - 1]
}
