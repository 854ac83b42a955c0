import { concatenated } from '../base/concatenated.ts'
import { failure } from '../base/errors.ts'
import { createRandom } from '../base/random.ts'
import { failed, ok } from '../base/result.ts'
import { createDither } from '../dsp/dither.ts'
import type { AudioFormat } from './definition.ts'
import { sniffAudioKind } from './import/audio-kind.ts'
import { buildWavHeader } from './wav/build-header.ts'
import type { WavEncoding } from './wav/encoding.ts'
import { bytesPerSample } from './wav/encoding.ts'
import { isTruncated, parseWavHeader } from './wav/parse-header.ts'
import { decodeSamples, encodeSamples } from './wav/samples.ts'

/** WAV, which every program takes: 16-bit with dither, 24-bit, or the float samples as they are. */
export const wavFormat: AudioFormat = {
  id: 'wav',
  label: 'WAV',
  extensions: ['wav'],
  encodings: [
    { id: 'pcm24', label: '24-bit', precision: 1 / 2 ** 23 },
    { id: 'float32', label: '32-bit float', precision: 0 },
    // Half a step of rounding and up to one of dither; the loudest step cannot be held.
    { id: 'pcm16', label: '16-bit with dither', precision: 2 / 2 ** 15 },
  ],
  isMine: (head) => sniffAudioKind(head) === 'wav',
  write({ rateHz, channels }, encodingId) {
    const encoding = encodings[encodingId]
    if (encoding === undefined) throw new Error(`WAV has no encoding “${encodingId}”`)
    const dithered = encodingId === 'pcm16' ? ditherAll(channels) : channels
    const data = encodeSamples(dithered, encoding)
    const header = buildWavHeader({ rateHz, channelCount: channels.length, encoding }, data.length)
    return concatenated([header, data, new Uint8Array(data.length % 2)], Uint8Array)
  },
  read(bytes) {
    const parsed = parseWavHeader((start, count) => bytes.subarray(start, start + count), bytes.length)
    if (!parsed.ok) return parsed
    const header = parsed.value
    if (isTruncated(header)) {
      const found = `${header.availableSamples} of ${header.promisedSamples} samples are there`
      return failed(failure('audio-truncated', `This WAV file was cut off: ${found}.`, 'Copy the file again.'))
    }
    const frameBytes = header.channelCount * bytesPerSample[header.encoding]
    const data = bytes.subarray(header.dataStartBytes, header.dataStartBytes + header.availableSamples * frameBytes)
    return ok({ rateHz: header.rateHz, channels: decodeSamples(data, header.encoding, header.channelCount) })
  },
}

const encodings: Readonly<Record<string, WavEncoding | undefined>> = {
  pcm24: 'int24',
  float32: 'float32',
  pcm16: 'int16',
}

function ditherAll(channels: readonly Float32Array[]): Float32Array[] {
  const random = createRandom(1)
  return channels.map((channel) => createDither(2 ** 15, createRandom(random.integer(2 ** 31))).apply(channel))
}
