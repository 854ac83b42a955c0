import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesPerSample } from '../../../../../src/shared/formats/wav/encoding.ts'
import { decodeSamples, encodeSamples } from '../../../../../src/shared/formats/wav/samples.ts'

const integers = [
  ['uint8', 7],
  ['int16', 15],
  ['int24', 23],
] as const

test.each(integers)('every %s value goes to float and back unchanged', (encoding, bits) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -(2 ** bits), max: 2 ** bits - 1 }), { maxLength: 200 }), (steps) => {
      const samples = Float32Array.from(steps, (step) => step / 2 ** bits)
      const bytes = encodeSamples([samples], encoding)
      expect(bytes.length).toBe(steps.length * bytesPerSample[encoding])
      expect(decodeSamples(bytes, encoding, 1)).toEqual([samples])
    }),
  )
})

test('floats keep every bit, in any number of channels, also from the middle of a buffer', () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ noNaN: true }), { maxLength: 100 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 0, max: 7 }),
      (values, channelCount, offset) => {
        const channels = Array.from({ length: channelCount }, (_, index) =>
          Float32Array.from(values, (x) => x * (index + 1)),
        )
        for (const encoding of ['float32', 'float64'] as const) {
          const bytes = encodeSamples(channels, encoding)
          const shifted = new Uint8Array(bytes.length + offset)
          shifted.set(bytes, offset)
          expect(decodeSamples(shifted.subarray(offset), encoding, channelCount)).toEqual(channels)
          expect(decodeSamples(Buffer.from(bytes), encoding, channelCount)).toEqual(channels)
        }
      },
    ),
  )
})

test('bytes lie as the format says: little-endian, channels in turn', () => {
  expect([...encodeSamples([Float32Array.of(0.5), Float32Array.of(-1)], 'int16')]).toEqual([0, 64, 0, 128])
  expect([...encodeSamples([Float32Array.of(1)], 'float32')]).toEqual([0, 0, 128, 63])
})

test('what is louder than full scale is clamped, not wrapped', () => {
  for (const [encoding, bits] of integers) {
    const [channel] = decodeSamples(encodeSamples([Float32Array.of(1.5, -1.5)], encoding), encoding, 1)
    expect([...channel]).toEqual([1 - 2 ** -bits, -1])
  }
})

test('half a frame at the end is left out', () => {
  expect(decodeSamples(new Uint8Array(11), 'int16', 2).map((channel) => channel.length)).toEqual([2, 2])
})
