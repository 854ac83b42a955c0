import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { audioFormats } from '../../src/shared/formats/registry.ts'

const channelsOf = (channelCount: number) =>
  fc
    .array(fc.float({ noNaN: true, min: -1, max: 1 }), { maxLength: 65 })
    .map((samples) =>
      Array.from({ length: channelCount }, (_, index) => Float32Array.from(samples, (sample) => sample / (index + 1))),
    )
const audio = fc.oneof(channelsOf(1), channelsOf(2))
const rate = fc.constantFrom(8000, 44_100, 48_000, 192_000)

describe.each(audioFormats.map((format) => [format.id, format] as const))('%s', (_, format) => {
  test.each(format.encodings.map((encoding) => [encoding.id, encoding] as const))(
    '%s: what is written is read back within the precision that is promised, for any length',
    (_, encoding) => {
      fc.assert(
        fc.property(audio, rate, (channels, rateHz) => {
          const bytes = format.write({ rateHz, channels }, encoding.id)
          const read = format.read(bytes)
          if (!read.ok) throw new Error(read.failure.message)
          expect(format.isMine(bytes.subarray(0, 64))).toBe(true)
          expect(read.value.rateHz).toBe(rateHz)
          expect(read.value.channels.map((channel) => channel.length)).toEqual(
            channels.map((channel) => channel.length),
          )
          read.value.channels.forEach((channel, index) => {
            channel.forEach((sample, at) => {
              expect(Math.abs(sample - channels[index][at])).toBeLessThanOrEqual(encoding.precision)
            })
          })
        }),
        { numRuns: 50 },
      )
    },
  )

  test('the same audio gives the same bytes', () => {
    const samples = [Float32Array.from({ length: 300 }, (_, index) => Math.sin(index))]
    for (const { id } of format.encodings) {
      const once = format.write({ rateHz: 48_000, channels: samples }, id)
      expect(format.write({ rateHz: 48_000, channels: samples }, id)).toEqual(once)
    }
  })

  test('a file cut off anywhere is refused, never misread and never thrown at', () => {
    const bytes = format.write({ rateHz: 48_000, channels: [new Float32Array(50).fill(0.5)] }, format.encodings[0].id)
    for (let length = 0; length < bytes.length; length++) expect(format.read(bytes.subarray(0, length)).ok).toBe(false)
  })

  test('foreign bytes are refused with a code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = format.read(bytes)
        expect(read.ok ? 'read' : read.failure.code).toBe('audio-unreadable')
      }),
    )
  })
})

test('formats have ids, endings and encodings of their own', () => {
  const ids = audioFormats.map((format) => format.id)
  const endings = audioFormats.flatMap((format) => format.extensions)
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(endings).size).toBe(endings.length)
  for (const format of audioFormats) expect(format.encodings.length).toBeGreaterThan(0)
})
