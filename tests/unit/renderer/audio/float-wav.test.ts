import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFloatWav } from '../../../../src/renderer/audio/float-wav.ts'
import { writeFloatWav } from '../../../support/float-wav.ts'

test('every sample is read as it stands, in every channel', () => {
  const samples = fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 3 }), (values, channelCount) => {
      const channels = Array.from({ length: channelCount }, (_, channel) =>
        Float32Array.from(values, (value) => value * (channel + 1)),
      )
      const read = parseFloatWav(writeFloatWav(channels, 44_100))
      expect(read.rateHz).toBe(44_100)
      expect(read.channels.map((channel) => [...channel])).toEqual(channels.map((channel) => [...channel]))
    }),
  )
})

test('a chunk of odd length before the samples is passed over with its padding', () => {
  const read = parseFloatWav(writeFloatWav([Float32Array.of(0.25, -0.5)], 48_000, 'note', 3))
  expect([...read.channels[0]]).toEqual([0.25, -0.5])
})

test.each([
  ['no WAV file', new TextEncoder().encode('<!doctype html>').buffer, /expected a WAV file/],
  ['nothing at all', new ArrayBuffer(0), /expected a WAV file/],
])('%s is refused', (_, bytes, reason) => {
  expect(() => parseFloatWav(bytes)).toThrow(reason)
})
