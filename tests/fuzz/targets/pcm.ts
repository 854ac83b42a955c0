import { decodeAiffSamples, parseAiffHeader } from '../../../src/shared/formats/import/aiff.ts'
import { parseInfo } from '../../../src/shared/formats/wav/metadata.ts'
import { parseWavHeader } from '../../../src/shared/formats/wav/parse-header.ts'
import { wavFormat } from '../../../src/shared/formats/wav.ts'
import { promised, type FuzzTarget } from '../engine/target.ts'
import { varyChunks } from '../structures/chunks.ts'
import { fixtureSounds } from './fixture-sounds.ts'
import { valueOrFailure } from './outcomes.ts'

const readFrom =
  (bytes: Uint8Array) =>
  (start: number, count: number): Uint8Array =>
    bytes.subarray(start, start + count)

const tone = Float32Array.from({ length: 300 }, (_, index) => Math.sin(index / 5) / 2)
const written = wavFormat.encodings.map(({ id }) => wavFormat.write({ rateHz: 48_000, channels: [tone, tone] }, id))

export const wav: FuzzTarget = {
  name: 'wav',
  reads: 'WAV, RF64 and BW64 headers, their samples and texts',
  promise: 'gives as many samples as the bytes hold, or refuses with a code',
  share: 130,
  memoryCapMb: 1000,
  open: () => ({
    seeds: [
      ...written,
      ...fixtureSounds(
        'ffmpeg-rf64-int24-stereo.wav',
        'sox-int24-extensible.wav',
        'sox-float64.wav',
        'sox-piped.wav',
        'sox-uint8.wav',
      ),
    ],
    largestBytes: 1 << 16,
    words: ['RIFF', 'RF64', 'BW64', 'WAVE', 'fmt ', 'data', 'ds64', 'LIST', 'INFO', 'fact', 'JUNK', 'iXML', 'bext'],
    vary: (input, random) => varyChunks(input, random, true),
    take(input) {
      const header = valueOrFailure(parseWavHeader(readFrom(input), input.length), ['audio-unreadable'])
      if (header !== null) {
        promised(header.availableSamples * header.channelCount <= input.length, 'promises more samples than bytes')
        for (const { id, startBytes, sizeBytes } of header.chunks)
          if (id === 'LIST') parseInfo(input.subarray(startBytes, startBytes + sizeBytes))
      }
      const audio = valueOrFailure(wavFormat.read(input), ['audio-unreadable', 'audio-truncated'])
      if (audio !== null)
        promised(
          audio.channels.every(({ length }) => length === header?.availableSamples),
          'channels differ',
        )
    },
  }),
}

export const aiff: FuzzTarget = {
  name: 'aiff',
  reads: 'AIFF and AIFF-C headers and their samples',
  promise: 'gives as many samples as the bytes hold, or refuses with a code',
  share: 120,
  memoryCapMb: 1000,
  open: () => ({
    seeds: fixtureSounds(
      'sox-int8.aiff',
      'sox-int16-stereo.aiff',
      'sox-int24.aiff',
      'ffmpeg-fl32.aiff',
      'ffmpeg-sowt.aiff',
    ),
    largestBytes: 1 << 16,
    words: [
      'FORM',
      'AIFF',
      'AIFC',
      'COMM',
      'SSND',
      'NONE',
      'sowt',
      'twos',
      'fl32',
      'FL64',
      'in24',
      'in32',
      'MARK',
      'INST',
    ],
    vary: (input, random) => varyChunks(input, random, false),
    take(input) {
      const header = valueOrFailure(parseAiffHeader(readFrom(input), input.length), ['audio-unreadable'])
      if (header === null) return
      const frameBytes = header.channelCount * header.sample.bytes
      promised(header.availableSamples * frameBytes <= input.length, 'promises more samples than bytes')
      const data = input.subarray(header.dataStartBytes, header.dataStartBytes + header.availableSamples * frameBytes)
      const channels = decodeAiffSamples(data, header.sample, header.channelCount)
      promised(
        channels.every(({ length }) => length === header.availableSamples),
        'gives another count than it promised',
      )
    },
  }),
}
