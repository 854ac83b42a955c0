import { expect, test } from 'vitest'
import type { PerformerId, SingerId } from '../../../../src/shared/base/id.ts'
import { defaultPerformance } from '../../../../src/shared/project/performance.ts'
import { singersDigest, singersHeard } from '../../../../src/shared/project/singers-heard.ts'

const [mira, jun, eve] = ['mira', 'jun', 'eve'].map((id) => id as SingerId) // letters will do for ids
const blend = [
  { singerId: jun, weight: 0, curve: null },
  { singerId: eve, weight: 0, curve: [{ atSamples: 0, value: 0.5 }] },
]

test('who has no weight and no curve is not heard', () => {
  expect(singersHeard({ ...defaultPerformance(mira), blend })).toEqual([mira, eve])
})

test('the digests of all who are heard are joined, and unknown when one is', () => {
  const digests = new Map<PerformerId, string>([
    [mira, 'm'],
    [eve, 'e'],
  ])
  const digestOf = (id: PerformerId) => digests.get(id)
  expect(singersDigest(defaultPerformance(mira), digestOf)).toBe('m')
  expect(singersDigest({ ...defaultPerformance(mira), blend }, digestOf)).toBe('m+e')
  expect(singersDigest({ ...defaultPerformance(jun), blend }, digestOf)).toBe(null)
})
