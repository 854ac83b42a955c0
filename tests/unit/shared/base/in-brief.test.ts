import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inBrief } from '../../../../src/shared/base/in-brief.ts'

test('any value is told in few letters', () => {
  fc.assert(fc.property(fc.anything(), (value) => void expect(inBrief(value).length).toBeLessThan(500)))
  expect([undefined, null, 3, 'three', [1, 2], { a: 1 }].map((value) => inBrief(value))).toEqual([
    'nothing',
    'null',
    '3',
    '"three"',
    'a list of 2',
    'a record',
  ])
})

test('a value that is nested a hundred thousand times is told as well', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
  expect(inBrief(deep)).toBe('a list of 1')
})
