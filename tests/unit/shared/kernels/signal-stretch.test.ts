import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createKernelMemory } from '../../../../src/shared/kernels/kernel-memory.ts'
import { putStretch } from '../../../../src/shared/kernels/signal-stretch.ts'

/** As a kernel's: rooms lie behind one another. */
function emptyMemory() {
  let next = 64
  return createKernelMemory({
    memory: new WebAssembly.Memory({ initial: 1 }),
    allocate: (size) => {
      const offset = next
      next += Math.ceil(size / 16) * 16
      return offset
    },
  })
}

test('a stretch holds the signal, and its edge samples beyond either end', () => {
  const integer = fc.integer({ min: -60, max: 60 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), integer, fc.integer({ min: 1, max: 80 }), (length, first, count) => {
      const x = Float64Array.from({ length }, (_, i) => 100 + i)
      const memory = emptyMemory()
      const zeroAt = putStretch(memory, x, first, first + count)
      const found = Array.from(memory.f64(zeroAt + 8 * first, count))
      const expected = Array.from({ length: count }, (_, i) => x[Math.min(Math.max(first + i, 0), length - 1)])
      expect(found).toEqual(expected)
    }),
  )
})
