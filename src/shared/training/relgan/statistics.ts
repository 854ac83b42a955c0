import { assert } from '../../base/assert.ts'
import type { EmotionNormal } from '../../conversion/emotions/relgan/emotion-normal.ts'
import { CEPSTRA } from '../../networks/relgan/config.ts'
import type { EmotionalClip } from './emotional-clip.ts'

/** A constant coefficient divides by this. */
const SPREAD_FLOOR = 1e-6

/** One for each emotion, in order. Every emotion has a clip with a voiced frame. */
export function measureNormals(clips: readonly EmotionalClip[], emotionCount: number): readonly EmotionNormal[] {
  return Array.from({ length: emotionCount }, (_, emotion) => {
    const own = clips.filter((clip) => clip.emotion === emotion)
    assert(own.length > 0, `emotion ${emotion} has a clip`)
    const coefficients = Array.from({ length: CEPSTRA }, (_, index) => moments(own, index))
    const pitch = momentsOf(own.flatMap(({ f0 }) => [...f0].filter((hz) => hz > 0).map(Math.log)))
    return {
      mean: Float32Array.from(coefficients, ({ mean }) => mean),
      spread: Float32Array.from(coefficients, ({ spread }) => Math.max(spread, SPREAD_FLOOR)),
      logF0Mean: pitch.mean,
      logF0Spread: pitch.spread,
    }
  })
}

function moments(clips: readonly EmotionalClip[], index: number) {
  let [sum, squares, count] = [0, 0, 0]
  for (const { cepstra } of clips) {
    for (let at = index; at < cepstra.length; at += CEPSTRA) {
      sum += cepstra[at]
      squares += cepstra[at] * cepstra[at]
      count++
    }
  }
  const mean = sum / count
  return { mean, spread: Math.sqrt(Math.max(squares / count - mean * mean, 0)) }
}

function momentsOf(values: readonly number[]) {
  const count = Math.max(values.length, 1)
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count
  return { mean, spread: Math.sqrt(variance) }
}
