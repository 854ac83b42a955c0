import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { trainContentJudge } from '../../../../src/shared/evaluation/content.ts'
import { BANDS, envelopeClip, type EnvelopeClip } from '../../../../src/shared/evaluation/envelope-clip.ts'

/** One text of 14 sounds as somebody reads it: their own noise and pace. */
function reading(seed: number, framesPerSound: number, textSeed = 1): EnvelopeClip {
  const text = createRandom(textSeed)
  const noise = createRandom(seed)
  const sounds = Array.from({ length: 14 }, () => Array.from({ length: 8 }, () => text.normal()))
  const logMel = new Float64Array(14 * framesPerSound * BANDS)
  for (let frame = 0; frame < 14 * framesPerSound; frame++) {
    const sound = sounds[Math.floor(frame / framesPerSound)]
    for (let band = 0; band < BANDS; band++)
      logMel[frame * BANDS + band] =
        -6 + 0.2 * noise.normal() + sound.reduce((sum, w, k) => sum + w * Math.cos((k * Math.PI * band) / BANDS), 0)
  }
  return envelopeClip(logMel)
}

test('the text is found in another reading of it, and not in other words', () => {
  const judge = trainContentJudge([reading(1, 20), reading(2, 24)], createRandom(3))
  const source = reading(4, 22)
  const accuracy = judge.accuracy(source, source) ?? 0
  expect(accuracy).toBeGreaterThan(0.7)
  const otherWords = judge.accuracy(reading(5, 22, 9), source) ?? 1
  expect(otherWords).toBeLessThan(accuracy - 0.3)
})
