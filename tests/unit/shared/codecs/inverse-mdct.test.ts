import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createInverseMdct } from '../../../../src/shared/codecs/aac/inverse-mdct.ts'

const lines = fc
  .constantFrom(4, 16, 128)
  .chain((count) => fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: count, maxLength: count }))

test('the transform is the sum that defines it', () => {
  fc.assert(
    fc.property(lines, (spectrum) => {
      const count = spectrum.length
      const samples = new Float64Array(2 * count)
      createInverseMdct(count)(Float64Array.from(spectrum), samples)
      samples.forEach((sample, n) => {
        const angle = (k: number) => (Math.PI / count) * (n + 0.5 + count / 2) * (k + 0.5)
        const sum = spectrum.reduce((total, line, k) => total + line * Math.cos(angle(k)), 0)
        expect(sample).toBeCloseTo(sum / count, 12)
      })
    }),
  )
})
