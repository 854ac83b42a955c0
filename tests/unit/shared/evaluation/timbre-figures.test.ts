import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { distanceToPersonDb, distanceToSourceDb, timbreOf } from '../../../../src/shared/evaluation/timbre-figures.ts'

const BANDS = 64
const FRAMES = 800

/** Voiced frames around two vowels whose formants stand `bands` higher. */
function voice(bands: number, seed: number) {
  const random = createRandom(seed)
  const lm = new Float32Array(FRAMES * BANDS)
  for (let frame = 0; frame < FRAMES; frame++) {
    const formant = (Math.floor(frame / 40) % 2 === 0 ? 14 : 30) + bands
    for (let band = 0; band < BANDS; band++)
      lm[frame * BANDS + band] = -4 + 5 * Math.exp(-(((band - formant) / 5) ** 2)) + 0.2 * random.normal()
  }
  return timbreOf({ lm, f0: new Float32Array(FRAMES).fill(200) })
}

test('a voice is nearer to itself than to another, in either order, and an equalizer moves nothing', () => {
  const [own, other] = [voice(0, 1), voice(5, 2)]
  const again = voice(0, 3)
  const near = distanceToPersonDb(again, [own]) ?? NaN
  expect(near).toBeLessThan(0.6 * (distanceToPersonDb(other, [own]) ?? NaN))
  expect(distanceToPersonDb(own, [again])).toBeCloseTo(near, 9)
})

test('of its source a sound is told by other moments than its own', () => {
  const source = voice(0, 1)
  expect(distanceToPersonDb(source, [source])).toBeCloseTo(0, 9)
  expect(distanceToSourceDb(source, source)).toBeGreaterThan(0)
})

test('of too little voice no distance is told', () => {
  const short = timbreOf({ lm: new Float32Array(20 * BANDS), f0: new Float32Array(20).fill(200) })
  expect(distanceToPersonDb(short, [voice(0, 1)])).toBeNull()
})
