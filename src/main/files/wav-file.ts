import { assert } from '../../shared/base/assert.ts'
import { FailureError } from '../../shared/base/errors.ts'
import { buildWavHeader } from '../../shared/formats/wav/build-header.ts'
import type { WavEncoding } from '../../shared/formats/wav/encoding.ts'
import { bytesPerSample } from '../../shared/formats/wav/encoding.ts'
import type { WavHeader } from '../../shared/formats/wav/parse-header.ts'
import { parseWavHeader } from '../../shared/formats/wav/parse-header.ts'
import { decodeSamples, encodeSamples } from '../../shared/formats/wav/samples.ts'
import type { Hertz, Samples } from '../../shared/units/time.ts'
import { openByteFile } from './audio-stream/byte-file.ts'
import { assertBlock, type AudioWriter, type AudioWriterOptions } from './audio-writer.ts'
import { createGrowingFile } from './growing-file.ts'
import { createSamplePreparation, type SampleEncoding } from './sample-preparation.ts'

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

/**
 * Writes a WAV file under a temporary name beside `path`; only `finish` gives it its name, in one step.
 * Every call throws FailureError (disk-full, folder-read-only, file-missing), after leaving nothing behind.
 */
export function createWavWriter(path: string, options: AudioWriterOptions): AudioWriter {
  const encoding = wavEncodings[options.encoding]
  const headerOptions = { ...options, encoding }
  const frameBytes = options.channelCount * bytesPerSample[encoding]
  const preparation = createSamplePreparation(options.encoding, options.channelCount)
  const file = createGrowingFile(path, options.operations)
  let dataBytes = 0
  file.write(buildWavHeader(headerOptions, 0))
  return {
    write(channels) {
      assertBlock(channels, options.channelCount)
      const bytes = encodeSamples(preparation.prepare(channels), encoding)
      file.write(bytes)
      dataBytes += bytes.length
    },
    finish() {
      const padding = dataBytes % 2
      if (padding === 1) file.write(new Uint8Array(1))
      const header = buildWavHeader(headerOptions, dataBytes)
      file.write(header, 0)
      file.finish()
      return {
        durationSamples: dataBytes / frameBytes,
        bytes: header.length + dataBytes + padding,
        clippedSampleCount: preparation.clippedSampleCount(),
      }
    },
    abandon: () => file.abandon(),
  }
}

const wavEncodings: Readonly<Record<SampleEncoding, WavEncoding>> = {
  float32: 'float32',
  pcm24: 'int24',
  pcm16: 'int16',
}
