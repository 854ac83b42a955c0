import type { Numbers } from '../../../dsp/numbers.ts'
import { CEPSTRA } from '../../../networks/relgan/config.ts'
import { valueAt, type OverFrames } from '../../over-frames.ts'
import type { EmotionNormal } from './emotion-normal.ts'

/** Where a translation starts and where it leads. */
export interface EmotionWay {
  readonly source: EmotionNormal
  readonly target: EmotionNormal
}

/**
 * How a code changes when the generator's outputs are brought back to size: what it makes with the attribute less what
 * it makes without, so that whatever it fails to redraw cancels out, and an intensity of 0 changes nothing.
 * @param whole G(x, a · v), [36 × frames]; `none` is G(x, 0)
 * @returns [frames × 36]
 */
export function codeChange(
  whole: Numbers,
  none: Numbers,
  { source, target }: EmotionWay,
  intensity: OverFrames,
): Float32Array {
  const frames = whole.length / CEPSTRA
  const change = new Float32Array(whole.length)
  for (let frame = 0; frame < frames; frame++) {
    const a = valueAt(intensity, frame)
    if (a === 0) continue
    for (let index = 0; index < CEPSTRA; index++) {
      const at = index * frames + frame
      const mean = (1 - a) * source.mean[index] + a * target.mean[index]
      const spread = Math.max((1 - a) * source.spread[index] + a * target.spread[index], 0)
      const before = none[at] * source.spread[index] + source.mean[index]
      change[frame * CEPSTRA + index] = whole[at] * spread + mean - before
    }
  }
  return change
}

/**
 * The linear transform of ln f0 (systems after Liu et al.): offset and ratio of spreads at an intensity, both found
 * between the emotions' means in Hz, as the reference does.
 * @returns `offset` in ln, `spread` as a factor around the voice's own mean
 */
export function pitchChange(
  { source, target }: EmotionWay,
  a: number,
): { readonly offset: number; readonly spread: number } {
  const between = (from: number, to: number) => Math.log(Math.max((1 - a) * Math.exp(from) + a * Math.exp(to), 1e-3))
  return {
    offset: between(source.logF0Mean, target.logF0Mean) - source.logF0Mean,
    spread: between(source.logF0Spread, target.logF0Spread) / Math.max(source.logF0Spread, 1e-6),
  }
}
