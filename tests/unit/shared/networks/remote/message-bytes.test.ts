import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBytes, toBytes } from '../../../../../src/shared/networks/remote/message-bytes.ts'

const value = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(Infinity),
    fc.float32Array({ maxLength: 9 }),
  ),
  tree: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('weights', 'batch', 'id'), tie('tree'), { noNullPrototype: true }),
  ),
})).tree

test('a message with arrays of numbers survives the way through bytes', () => {
  fc.assert(
    fc.property(value, (message) => {
      expect(fromBytes(toBytes({ message }))).toEqual({ message })
    }),
  )
})

test('bytes that end early are refused', () => {
  const whole = toBytes({ weights: Float32Array.of(1, 2, 3) })
  expect(() => fromBytes(whole.subarray(0, whole.length - 4))).toThrow(/shorter/)
  expect(() => fromBytes(whole.subarray(0, 9))).toThrow()
})
