import { concatenated } from '../../base/concatenated.ts'
import { assert } from '../../base/assert.ts'
import type { Random } from '../../base/random.ts'
import { normalizedMap, type EmotionNormal } from '../../conversion/emotions/relgan/emotion-normal.ts'
import { CEPSTRA, CROP_FRAMES } from '../../networks/relgan/config.ts'
import type { RelganBatch } from '../../networks/relgan/training-step.ts'
import type { EmotionalClip } from './emotional-clip.ts'

/** A crop is silenced this often, so that silence stays silence. */
const SILENCED_SHARE = 0.0005

/** Draws batches: three emotions an item, two clips of the first, a crop of each, and a degree. */
export interface BatchSampler {
  draw(random: Random, itemCount: number): RelganBatch
}

/** @param clips each at least a crop long, at least one for each of at least three emotions */
export function createBatchSampler(clips: readonly EmotionalClip[], normals: readonly EmotionNormal[]): BatchSampler {
  assert(normals.length >= 3, `a batch needs three emotions, not ${normals.length}`)
  const byEmotion = normals.map((normal, emotion) =>
    clips.filter((clip) => clip.emotion === emotion).map(({ cepstra }) => normalizedMap(cepstra, normal)),
  )
  assert(
    byEmotion.every((maps) => maps.length > 0 && maps.every((map) => map.length >= CEPSTRA * CROP_FRAMES)),
    'every emotion has clips, and every clip is at least a crop long',
  )
  const hasSecondClips = byEmotion.every((maps) => maps.length > 1)
  return {
    draw(random, itemCount) {
      const items = Array.from({ length: itemCount }, () => {
        const [first, second, third] = chooseDistinct(random, byEmotion.length, 3)
        const clip = random.integer(byEmotion[first].length)
        const other = anotherThan(random, clip, byEmotion[first].length)
        return {
          emotions: [first, second, third] as const,
          a: cropOf(byEmotion[first][clip], random),
          a2: cropOf(byEmotion[first][other], random),
          b: cropOf(pick(byEmotion[second], random), random),
          c: cropOf(pick(byEmotion[third], random), random),
          degree: random.uniform() < 0.5 ? random.uniform() / 2 : 0.5 + random.uniform() / 2,
        }
      })
      return {
        frameCount: CROP_FRAMES,
        a: concatenated(items.map(({ a }) => a)),
        a2: hasSecondClips ? concatenated(items.map(({ a2 }) => a2)) : null,
        b: concatenated(items.map(({ b }) => b)),
        c: concatenated(items.map(({ c }) => c)),
        emotions: items.map(({ emotions }) => emotions),
        degrees: items.map(({ degree }) => degree),
      }
    },
  }
}

/** `count` different numbers under `limit`, each order as likely as any other. */
function chooseDistinct(random: Random, limit: number, count: number): number[] {
  const left = Array.from({ length: limit }, (_, index) => index)
  return Array.from({ length: count }, () => left.splice(random.integer(left.length), 1)[0])
}

/** Itself where there is no other. */
function anotherThan(random: Random, index: number, count: number): number {
  if (count === 1) return index
  const other = random.integer(count - 1)
  return other < index ? other : other + 1
}

const pick = (maps: readonly Float32Array[], random: Random): Float32Array => maps[random.integer(maps.length)]

function cropOf(map: Float32Array, random: Random): Float32Array {
  const frames = map.length / CEPSTRA
  const start = random.integer(frames - CROP_FRAMES + 1)
  const crop = new Float32Array(CEPSTRA * CROP_FRAMES)
  if (random.uniform() < SILENCED_SHARE) return crop
  for (let index = 0; index < CEPSTRA; index++) {
    const from = index * frames + start
    crop.set(map.subarray(from, from + CROP_FRAMES), index * CROP_FRAMES)
  }
  return crop
}
