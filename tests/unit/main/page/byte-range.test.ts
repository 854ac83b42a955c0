import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseByteRange } from '../../../../src/main/page/byte-range.ts'

test.each([
  [null, { kind: 'none' }],
  ['bytes=0-99', { kind: 'part', firstByte: 0, lastByte: 99 }],
  ['bytes=900-', { kind: 'part', firstByte: 900, lastByte: 999 }],
  ['bytes=-10', { kind: 'part', firstByte: 990, lastByte: 999 }],
  ['bytes=-5000', { kind: 'part', firstByte: 0, lastByte: 999 }],
  ['bytes=990-5000', { kind: 'part', firstByte: 990, lastByte: 999 }],
  ['bytes=1000-', { kind: 'unsatisfiable' }],
  ['bytes=-0', { kind: 'unsatisfiable' }],
  ['bytes=5-2', { kind: 'unsatisfiable' }],
  ['bytes=-', { kind: 'none' }],
  ['bytes=0-1,5-6', { kind: 'none' }],
  ['lines=0-1', { kind: 'none' }],
])('of 1000 bytes, %s means %o', (header, range) => {
  expect(parseByteRange(header, 1000)).toEqual(range)
})

test('a part lies within the file, whatever is asked', () => {
  const header = fc.oneof(
    fc.string(),
    fc.tuple(fc.nat(), fc.nat()).map(([first, last]) => `bytes=${first}-${last}`),
  )
  fc.assert(
    fc.property(header, fc.nat(), (asked, byteCount) => {
      const range = parseByteRange(asked, byteCount)
      if (range.kind !== 'part') return
      expect(range.firstByte).toBeGreaterThanOrEqual(0)
      expect(range.lastByte).toBeLessThan(byteCount)
      expect(range.firstByte).toBeLessThanOrEqual(range.lastByte)
    }),
  )
})
