import type { Samples } from '../../shared/units/time.ts'
import type { WavReader } from './wav-file.ts'
import { openWavReader } from './wav-file.ts'

/** Spans of many media files with only a few of them open at once. */
export interface MediaReaders {
  /** One array per channel, always `count` long: silence where the media have nothing. Throws FailureError. */
  read(path: string, startSamples: Samples, count: Samples): Float32Array[]
  /** What the file's header says. Throws FailureError. */
  describe(path: string): Pick<WavReader, 'channelCount' | 'durationSamples'>
  close(): void
}

/** Far below what any system lets a process keep open. */
const openLimit = 64

export function createMediaReaders(): MediaReaders {
  const readers = new Map<string, WavReader>()

  function readerOf(path: string): WavReader {
    const reader = readers.get(path) ?? openWavReader(path)
    readers.delete(path)
    readers.set(path, reader) // a Map remembers the order: the first is the one unused for longest
    const [oldest] = readers
    if (readers.size > openLimit) {
      oldest[1].close()
      readers.delete(oldest[0])
    }
    return reader
  }
  return {
    read(path, startSamples, count) {
      const channels = readerOf(path).read(startSamples, count)
      return channels.map((channel) => (channel.length === count ? channel : padded(channel, count)))
    },
    describe: readerOf,
    close() {
      for (const reader of readers.values()) reader.close()
      readers.clear()
    },
  }
}

function padded(channel: Float32Array, count: Samples): Float32Array {
  const whole = new Float32Array(count)
  whole.set(channel)
  return whole
}
