import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { BytePart } from '../../../../src/renderer/audio/float-wav.ts'
import { MediaCache, type MediaSpan } from '../../../../src/renderer/audio/media-cache.ts'
import { buildWavHeader } from '../../../../src/shared/formats/wav/build-header.ts'

const RATE = 48_000
const THREE_HOURS = 3 * 3600 * RATE

/** Only what the cache uses of a buffer; Node has none. */
class FakeBuffer {
  readonly length: number
  readonly numberOfChannels: number
  readonly sampleRate: number
  readonly #channels: Float32Array[]
  constructor(options: { length: number; numberOfChannels: number; sampleRate: number }) {
    this.length = options.length
    this.numberOfChannels = options.numberOfChannels
    this.sampleRate = options.sampleRate
    this.#channels = Array.from({ length: options.numberOfChannels }, () => new Float32Array(options.length))
  }
  copyToChannel(samples: Float32Array, channel: number): void {
    this.#channels[channel].set(samples)
  }
  getChannelData(channel: number): Float32Array {
    return this.#channels[channel]
  }
}
beforeAll(() => void vi.stubGlobal('AudioBuffer', FakeBuffer))
afterAll(() => void vi.unstubAllGlobals())

/** A sample that tells where it stands. */
const sampleAt = (position: number, channel: number): number =>
  Math.fround(((position * 7919) % 65_521) / 65_521 - channel)

/** A file that is nowhere: its bytes are made when they are asked for. */
function longFile(durationSamples: number, channelCount: number) {
  const frameBytes = 4 * channelCount
  const header = buildWavHeader({ rateHz: RATE, channelCount, encoding: 'float32' }, durationSamples * frameBytes)
  const asked: BytePart[] = []
  const fetchMedia = (_id: string, part?: BytePart): Promise<ArrayBuffer> => {
    if (!part) return Promise.reject(new Error('all of the file was asked for'))
    asked.push(part)
    const end = Math.min(part.endByte, header.length + durationSamples * frameBytes)
    const bytes = new Uint8Array(end - part.firstByte)
    const dataByte = Math.max(0, part.firstByte - header.length)
    if (part.firstByte === 0) bytes.set(header)
    const samples = Float32Array.from({ length: Math.ceil((end - header.length - dataByte) / 4) }, (_, index) =>
      sampleAt(Math.floor((dataByte / 4 + index) / channelCount), index % channelCount),
    )
    const from = part.firstByte === 0 ? header.length : 0
    bytes.set(new Uint8Array(samples.buffer).subarray(0, bytes.length - from), from)
    return Promise.resolve(bytes.buffer)
  }
  return { fetchMedia, asked, frameBytes }
}

const span = (startSamples: number, endSamples: number): MediaSpan => ({ mediaId: 'long', startSamples, endSamples })

test('a span is read as it stands in the file, over any joins of pieces and up to the file’s end', async () => {
  const duration = 10_000
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 0, max: duration }),
      fc.nat(4000),
      fc.integer({ min: 1, max: 2 }),
      async (pieceSamples, start, length, channelCount) => {
        const cache = new MediaCache(longFile(duration, channelCount).fetchMedia, { pieceSamples })
        const read = await cache.read(span(start, start + length))
        const count = Math.min(length, duration - start)
        const expected = Array.from({ length: channelCount }, (_, channel) =>
          Array.from({ length: count }, (_, index) => sampleAt(start + index, channel)),
        )
        expect(read?.channels.map((samples) => [...samples])).toEqual(expected)
      },
    ),
    { numRuns: 60 },
  )
})

test('what is held stays within its limit, however long a file is and wherever one listens', async () => {
  const largestBytes = 4_000_000
  for (const duration of [THREE_HOURS / 100, THREE_HOURS]) {
    const cache = new MediaCache(longFile(duration, 2).fetchMedia, { largestBytes, pieceSamples: 2 ** 14 })
    for (let place = 0; place < 60; place++) {
      const start = Math.floor((place * 7_654_321) % (duration - RATE))
      expect(await cache.load(span(start, start + RATE))).toBe(true)
      expect(cache.isLoaded(span(start, start + RATE))).toBe(true)
      expect(cache.heldBytes).toBeLessThanOrEqual(largestBytes)
    }
  }
})

test('in a file of four gigabytes a place is found by its header, and only the pieces about it are asked for', async () => {
  const pieceSamples = 2 ** 14
  const { fetchMedia, asked, frameBytes } = longFile(THREE_HOURS, 2)
  const cache = new MediaCache(fetchMedia, { pieceSamples })
  const start = THREE_HOURS - 5 * RATE
  const read = await cache.read(span(start, start + RATE))
  expect(read?.channels[1][17]).toBe(sampleAt(start + 17, 1))
  expect(cache.durationOf('long')).toBe(THREE_HOURS)
  const [header, ...pieces] = asked
  expect(header.endByte).toBeLessThan(100_000)
  expect(pieces.length).toBe(Math.floor((start + RATE - 1) / pieceSamples) - Math.floor(start / pieceSamples) + 1)
  const byteCount = pieces.reduce((sum, { firstByte, endByte }) => sum + endByte - firstByte, 0)
  expect(byteCount).toBeLessThanOrEqual((RATE + 2 * pieceSamples) * frameBytes)
})

test('a host that gives all of a file whatever is asked is heard as well', async () => {
  const { fetchMedia } = longFile(20_000, 1)
  const all = await fetchMedia('long', { firstByte: 0, endByte: 1e9 })
  const cache = new MediaCache(() => Promise.resolve(all), { pieceSamples: 1000 })
  const read = await cache.read(span(900, 3100))
  expect([...(read?.channels[0] ?? [])]).toEqual(Array.from({ length: 2200 }, (_, index) => sampleAt(900 + index, 0)))
})

test('a medium that cannot be had is silent, and asked for again by the next who wants it', async () => {
  let requests = 0
  const cache = new MediaCache(() => {
    requests++
    return Promise.reject(new Error('gone'))
  })
  expect(await cache.load(span(0, 1000))).toBe(false)
  expect(cache.isLoaded(span(0, 1000))).toBe(false)
  expect(await cache.read(span(0, 1000))).toBeNull()
  expect(requests).toBe(2)
})
