import { dirname } from 'node:path'
import { assert } from '../../shared/base/assert.ts'
import { FailureError } from '../../shared/base/errors.ts'
import { createRandom } from '../../shared/base/random.ts'
import type { Dither } from '../../shared/dsp/dither.ts'
import { createDither } from '../../shared/dsp/dither.ts'
import { buildWavHeader } from '../../shared/formats/wav/build-header.ts'
import type { WavEncoding } from '../../shared/formats/wav/encoding.ts'
import { bytesPerSample } from '../../shared/formats/wav/encoding.ts'
import type { WavMetadata } from '../../shared/formats/wav/metadata.ts'
import type { WavHeader } from '../../shared/formats/wav/parse-header.ts'
import { parseWavHeader } from '../../shared/formats/wav/parse-header.ts'
import { decodeSamples, encodeSamples, isClipped } from '../../shared/formats/wav/samples.ts'
import type { Hertz, Samples } from '../../shared/units/time.ts'
import { temporaryPathBeside } from './atomic-write.ts'
import { openByteFile } from './audio-stream/byte-file.ts'
import type { FileOperations } from './file-operations.ts'
import { diskOperations, fileFailure } from './file-operations.ts'

export interface WavReader {
  readonly rateHz: Hertz
  readonly channelCount: number
  /** Whole samples that the file holds; fewer than `header.promisedSamples` when it was cut off. */
  readonly durationSamples: Samples
  readonly header: WavHeader
  /** One array per channel; shorter than `count` only where the file ends. */
  read(startSamples: Samples, count: Samples): Float32Array[]
  close(): void
}

/** Opens a WAV file for reading any span of it. Throws FailureError: file-missing, file-unreadable, audio-unreadable. */
export function openWavReader(path: string): WavReader {
  const file = openByteFile(path)
  const parsed = parseWavHeader(file.read, file.sizeBytes)
  if (!parsed.ok) {
    file.close()
    throw new FailureError(parsed.failure)
  }
  const header = parsed.value
  const frameBytes = header.channelCount * bytesPerSample[header.encoding]
  return {
    rateHz: header.rateHz,
    channelCount: header.channelCount,
    durationSamples: header.availableSamples,
    header,
    read(startSamples, count) {
      assert(startSamples >= 0 && count >= 0, `a span of samples is not negative: ${startSamples}, ${count}`)
      const held = Math.max(0, Math.min(count, header.availableSamples - startSamples))
      const bytes = file.read(header.dataStartBytes + startSamples * frameBytes, held * frameBytes)
      return decodeSamples(bytes, header.encoding, header.channelCount)
    },
    close: () => file.close(),
  }
}

export interface WavWriterOptions {
  readonly rateHz: Hertz
  readonly channelCount: number
  /** `pcm16` is dithered (TPDF), from a seed that never changes: same samples, same bytes. */
  readonly encoding: 'float32' | 'pcm24' | 'pcm16'
  readonly metadata?: WavMetadata
  readonly operations?: FileOperations
}

export interface WavWriter {
  /** Appends a block: one array per channel, all of one length. */
  write(channels: readonly Float32Array[]): void
  /** Completes the header, makes the bytes durable and gives the file its name. */
  finish(): WrittenWav
  /** Leaves nothing behind. Harmless after `finish`. */
  abandon(): void
}

export interface WrittenWav {
  readonly durationSamples: Samples
  readonly bytes: number
  /** Samples beyond full scale that an integer encoding had to clamp. */
  readonly clippedSampleCount: number
}

const ditherSeed = 1

/**
 * Writes a WAV file under a temporary name beside `path`; only `finish` gives it its name, in one step.
 * Every call throws FailureError (disk-full, folder-read-only, file-missing), after leaving nothing behind.
 */
export function createWavWriter(path: string, options: WavWriterOptions): WavWriter {
  const operations = options.operations ?? diskOperations
  const encoding = sampleEncodings[options.encoding]
  const headerOptions = { ...options, encoding }
  const frameBytes = options.channelCount * bytesPerSample[encoding]
  const dithers = createDithers(options)
  const temporaryPath = temporaryPathBeside(path)
  let descriptor: number | null = null
  let dataBytes = 0
  let clippedSampleCount = 0

  function attempt<T>(action: () => T): T {
    try {
      return action()
    } catch (error) {
      abandon()
      throw new FailureError(fileFailure(error, path, 'write'))
    }
  }
  function abandon(): void {
    if (descriptor === null) return
    operations.close(descriptor)
    descriptor = null
    operations.remove(temporaryPath)
  }
  function opened(): number {
    assert(descriptor !== null, `“${path}” is still being written`)
    return descriptor
  }

  attempt(() => {
    descriptor = operations.open(temporaryPath, 'wx')
    operations.write(descriptor, buildWavHeader(headerOptions, 0))
  })
  return {
    write(channels) {
      assert(channels.length === options.channelCount, `${options.channelCount} channels, not ${channels.length}`)
      assert(
        channels.every((channel) => channel.length === channels[0].length),
        'all channels of a block are of one length',
      )
      const file = opened()
      const scale = clampScales[options.encoding]
      if (scale !== null) clippedSampleCount += countClipped(channels, scale)
      const dithered = dithers === null ? channels : channels.map((channel, index) => dithers[index].apply(channel))
      const bytes = encodeSamples(dithered, encoding)
      attempt(() => operations.write(file, bytes))
      dataBytes += bytes.length
    },
    finish() {
      const file = opened()
      return attempt(() => {
        if (dataBytes % 2 === 1) operations.write(file, new Uint8Array(1))
        const header = buildWavHeader(headerOptions, dataBytes)
        operations.write(file, header, 0)
        operations.sync(file)
        operations.close(file)
        descriptor = null
        operations.rename(temporaryPath, path)
        operations.syncFolder(dirname(path))
        return {
          durationSamples: dataBytes / frameBytes,
          bytes: header.length + dataBytes + (dataBytes % 2),
          clippedSampleCount,
        }
      })
    },
    abandon,
  }
}

const sampleEncodings: Readonly<Record<WavWriterOptions['encoding'], WavEncoding>> = {
  float32: 'float32',
  pcm24: 'int24',
  pcm16: 'int16',
}
const clampScales: Readonly<Record<WavWriterOptions['encoding'], number | null>> = {
  float32: null,
  pcm24: 2 ** 23,
  pcm16: 2 ** 15,
}

function createDithers(options: WavWriterOptions): readonly Dither[] | null {
  if (options.encoding !== 'pcm16') return null
  const random = createRandom(ditherSeed)
  return Array.from({ length: options.channelCount }, () =>
    createDither(2 ** 15, createRandom(random.integer(2 ** 31))),
  )
}

function countClipped(channels: readonly Float32Array[], scale: number): number {
  let count = 0
  for (const channel of channels) for (const sample of channel) if (isClipped(sample, scale)) count++
  return count
}
