import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { createLevelGuard } from '../../../../src/shared/vocoder/level-guard.ts'

test('what is as loud as a voice without its envelope passes untouched', () => {
  const guard = createLevelGuard()
  const random = createRandom(1)
  for (let n = 0; n < 4000; n++) {
    const sample = random.normal()
    expect(guard(sample)).toBe(sample)
  }
})

test('what grows with what was before comes to a stand, and nothing is farther than ten', () => {
  const guard = createLevelGuard()
  let last = 1
  let power = 0
  for (let n = 0; n < 4000; n++) {
    last = guard(-1.1 * last)
    expect(Math.abs(last)).toBeLessThanOrEqual(10)
    if (n >= 3000) power += last * last
  }
  expect(Math.sqrt(power / 1000)).toBeLessThan(1.6)
  expect(guard(1e6)).toBeLessThanOrEqual(10)
})
