import type { ClipFeatures } from './clip-features.ts'
import { FRAMES_PER_SEC } from './features.ts'

/** Frames come in pairs, so that those of 10 ms stay those that they were. */
const FRAMES_PER_PAIR = 2

/**
 * A clip without what lies between its slices: their frames one after the other. Slices in seconds, in order, apart;
 * ratios of harmonics to noise and the peak stay those of the whole clip. No slices leave no frames.
 */
export function sliceFeatures(
  features: ClipFeatures,
  slices: readonly { readonly startSec: number; readonly endSec: number }[],
): ClipFeatures {
  const frameCount = features.f0.length
  const bandCount = features.lm.length / Math.max(1, frameCount)
  const place = (sec: number) =>
    Math.min(frameCount, Math.max(0, FRAMES_PER_PAIR * Math.round((sec * FRAMES_PER_SEC) / FRAMES_PER_PAIR)))
  const spans = slices.map(({ startSec, endSec }) => [place(startSec), place(endSec)] as const)
  const count = spans.reduce((sum, [start, end]) => sum + Math.max(0, end - start), 0)
  const lm = new Float32Array(count * bandCount)
  const f0 = new Float32Array(count)
  let at = 0
  for (const [start, end] of spans) {
    if (end <= start) continue
    lm.set(features.lm.subarray(start * bandCount, end * bandCount), at * bandCount)
    f0.set(features.f0.subarray(start, end), at)
    at += end - start
  }
  return { ...features, lm, f0 }
}
