import { createRequire } from 'node:module'
import { assert } from '../../shared/base/assert.ts'
import {
  commentFields,
  encodeCommentBlock,
  encodeStreamInfo,
  STREAM_INFO_AT_BYTES,
} from '../../shared/formats/flac-blocks.ts'
import { quantize } from '../../shared/formats/wav/samples.ts'
import type { Samples } from '../../shared/units/time.ts'
import { assertBlock, type AudioWriter, type AudioWriterOptions } from './audio-writer.ts'
import { createGrowingFile } from './growing-file.ts'
import { createSamplePreparation, encodingScales } from './sample-preparation.ts'

/** Flac's own default: half the size for a voice, forty times faster than it sounds. */
const COMPRESSION_LEVEL = 5
/** What the encoder says first: the mark, STREAMINFO, and a comment block that ours takes the place of. */
const COMMENT_WRITE = 2

export interface FlacWriterOptions extends AudioWriterOptions {
  readonly encoding: 'pcm16' | 'pcm24'
  /** How much will be written. */
  readonly durationSamples: Samples
}

/**
 * Writes a FLAC file (RFC 9639) by libFLAC: the integers that a WAV of the same encoding holds, in about half the
 * bytes. Under a temporary name until `finish`. Every call throws FailureError as `createWavWriter` does.
 */
export async function createFlacWriter(path: string, options: FlacWriterOptions): Promise<AudioWriter> {
  const flac = await loadLibrary()
  const { rateHz, channelCount, encoding, durationSamples } = options
  const bits = encoding === 'pcm16' ? 16 : 24
  const scale = encodingScales[encoding] ?? 1
  const preparation = createSamplePreparation(encoding, channelCount)
  const file = createGrowingFile(path, options.operations)
  let written = 0
  let bytes = 0
  let writes = 0
  /** An error must not pass through the compiled library: it is kept until the call is back. */
  let trouble: unknown = null

  const encoder = flac.create_libflac_encoder(rateHz, channelCount, bits, COMPRESSION_LEVEL, durationSamples, false)
  assert(encoder !== 0, `FLAC knows ${rateHz} Hz, ${channelCount} channels and ${bits} bits`)
  const append = (data: Uint8Array): void => {
    const part = writes++ === COMMENT_WRITE ? commentBlock(options) : data
    if (trouble !== null) return
    try {
      file.write(part)
      bytes += part.length
    } catch (cause) {
      trouble = cause
    }
  }
  const complete = (info: Parameters<typeof streamInfoOf>[0] | undefined): void => {
    if (info && trouble === null) file.write(encodeStreamInfo(streamInfoOf(info)), STREAM_INFO_AT_BYTES)
  }
  const status = flac.init_encoder_stream(encoder, append, complete)
  assert(Number(status) === 0, `the FLAC encoder begins: ${status}`)
  let isOpen = true

  function close(): void {
    if (isOpen) flac.FLAC__stream_encoder_delete(encoder)
    isOpen = false
  }
  function passOn(): void {
    if (trouble === null) return
    close()
    throw trouble
  }
  return {
    write(channels) {
      assertBlock(channels, channelCount)
      const integers = preparation
        .prepare(channels)
        .map((channel) => Int32Array.from(channel, (sample) => quantize(sample, scale)))
      const isTaken = flac.FLAC__stream_encoder_process(encoder, integers, channels[0].length)
      passOn()
      assert(isTaken, 'the FLAC encoder takes every block')
      written += channels[0].length
    },
    finish() {
      flac.FLAC__stream_encoder_finish(encoder)
      passOn()
      close()
      file.finish()
      return { durationSamples: written, bytes, clippedSampleCount: preparation.clippedSampleCount() }
    },
    abandon() {
      close()
      file.abandon()
    },
  }
}

const commentBlock = ({ metadata }: AudioWriterOptions): Uint8Array =>
  encodeCommentBlock(metadata?.software ?? 'Understudy', metadata ? commentFields(metadata) : [])

type Flac = ReturnType<typeof import('libflacjs')>
type LibraryInfo = NonNullable<Parameters<NonNullable<Parameters<Flac['init_encoder_stream']>[2]>>[0]>

const streamInfoOf = (info: LibraryInfo) => ({
  shortestBlockSamples: info.min_blocksize,
  longestBlockSamples: info.max_blocksize,
  smallestFrameBytes: info.min_framesize,
  largestFrameBytes: info.max_framesize,
  rateHz: info.sampleRate,
  channelCount: info.channels,
  bitsPerSample: info.bitsPerSample,
  durationSamples: info.total_samples,
  md5: info.md5sum,
})

let library: Promise<Flac> | null = null

/** The build without WebAssembly: the other one looks for its file through `fetch`, which reads no files in Node. */
function loadLibrary(): Promise<Flac> {
  library ??= new Promise((resolve) => {
    const flac = (createRequire(import.meta.url)('libflacjs') as typeof import('libflacjs'))('release')
    if (flac.isReady()) resolve(flac)
    else flac.on('ready', () => resolve(flac))
  })
  return library
}
