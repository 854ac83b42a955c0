import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildWavHeader } from '../../../../../src/shared/formats/wav/build-header.ts'
import { isTruncated, parseWavHeader } from '../../../../../src/shared/formats/wav/parse-header.ts'

const options = { rateHz: 48_000, channelCount: 2, encoding: 'float32' } as const

function parse(bytes: Uint8Array, fileBytes = bytes.length) {
  return parseWavHeader((start, count) => bytes.subarray(start, start + count), fileBytes)
}

function parseOrThrow(bytes: Uint8Array, fileBytes?: number) {
  const parsed = parse(bytes, fileBytes)
  if (!parsed.ok) throw new Error(parsed.failure.message)
  return parsed.value
}

test('a header has the same length for any amount of audio, so that it can be replaced', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (frames) => {
      expect(buildWavHeader(options, frames * 8).length).toBe(buildWavHeader(options, 0).length)
    }),
  )
})

test('beyond four gigabytes the header is RF64 and still tells the exact length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2 ** 29, max: 2 ** 41 }), (frames) => {
      const header = buildWavHeader(options, frames * 8)
      expect(String.fromCharCode(...header.subarray(0, 4))).toBe('RF64')
      const parsed = parseOrThrow(header, header.length + frames * 8)
      expect(parsed.promisedSamples).toBe(frames)
      expect(parsed.availableSamples).toBe(frames)
      expect(isTruncated(parsed)).toBe(false)
    }),
  )
})

test('the last size that fits is RIFF, one frame more is RF64', () => {
  const headerBytes = buildWavHeader(options, 0).length
  const most = Math.floor((0xffffffff - headerBytes + 8) / 8) * 8
  expect(String.fromCharCode(...buildWavHeader(options, most).subarray(0, 4))).toBe('RIFF')
  expect(String.fromCharCode(...buildWavHeader(options, most + 8).subarray(0, 4))).toBe('RF64')
})

test('promised and held samples are told apart, and half a frame counts for nothing', () => {
  const header = buildWavHeader(options, 800)
  const parsed = parseOrThrow(header, header.length + 405)
  expect([parsed.promisedSamples, parsed.availableSamples]).toEqual([100, 50])
  expect(isTruncated(parsed)).toBe(true)
})

test('a recording that was cut off before its size was written gives what it holds', () => {
  const header = buildWavHeader(options, 0)
  const bytes = new Uint8Array(header.length + 80)
  bytes.set(header)
  bytes.fill(0x3f, header.length)
  expect(parseOrThrow(bytes)).toMatchObject({ promisedSamples: null, availableSamples: 10 })
})

test('an empty file with a chunk after its data is empty, not cut off', () => {
  const header = buildWavHeader({ ...options }, 0)
  const tail = [0x4c, 0x49, 0x53, 0x54, 4, 0, 0, 0, 0x49, 0x4e, 0x46, 0x4f] // "LIST", 4, "INFO"
  const parsed = parseOrThrow(Uint8Array.from([...header, ...tail]))
  expect(parsed).toMatchObject({ promisedSamples: 0, availableSamples: 0 })
  expect(parsed.chunks.at(-1)?.id).toBe('LIST')
})

test('a header damaged in any one byte is refused or read, and never thrown at', () => {
  const header = buildWavHeader(options, 80)
  const whole = new Uint8Array(header.length + 80)
  whole.set(header)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: header.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, value) => {
      const bytes = whole.slice()
      bytes[at] = value
      const parsed = parse(bytes)
      if (parsed.ok) expect(parsed.value.availableSamples * 4).toBeLessThanOrEqual(bytes.length)
    }),
    { numRuns: 500 },
  )
})

test('a codec that cannot be read is called by its name, with what can', () => {
  const bytes = buildWavHeader(options, 0)
  const format = bytes.findIndex((_, at) => String.fromCharCode(...bytes.subarray(at, at + 4)) === 'fmt ')
  bytes[format + 8] = 2
  const parsed = parse(bytes)
  expect(parsed.ok ? '' : parsed.failure.message).toContain('Microsoft ADPCM')
})
