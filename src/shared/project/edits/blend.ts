import type { SingerId } from '../../base/id.ts'
import type { BlendPart, Performance } from '../performance.ts'

/** Singers beside the first one: more can't be told apart, and each costs a conversion. */
export const MOST_BLENDED = 2
const FIRST_WEIGHT = 0.3

/** Mixes another singer in; one who sings already, or one too many, changes nothing. */
export function addToBlend(performance: Performance, singerId: SingerId): Performance {
  const { blend } = performance
  const sings = singerId === performance.singerId || blend.some((part) => part.singerId === singerId)
  if (sings || blend.length >= MOST_BLENDED) return performance
  return { ...performance, blend: [...blend, { singerId, weight: FIRST_WEIGHT, curve: null }] }
}

export const removeFromBlend = (performance: Performance, index: number): Performance =>
  performance.blend[index] ? { ...performance, blend: performance.blend.filter((_, at) => at !== index) } : performance

export function changeBlend(performance: Performance, index: number, change: Partial<BlendPart>): Performance {
  if (!performance.blend[index]) return performance
  return { ...performance, blend: performance.blend.map((part, at) => (at === index ? { ...part, ...change } : part)) }
}

/** What each singer sings of the whole, the first one first: weights that pass 1 together are scaled to 1. */
export function blendShares({ blend }: Performance): readonly number[] {
  const sum = blend.reduce((total, part) => total + part.weight, 0)
  const scale = Math.max(1, sum)
  return [1 - sum / scale, ...blend.map((part) => part.weight / scale)]
}
