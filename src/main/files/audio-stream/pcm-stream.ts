import { FailureError } from '../../../shared/base/errors.ts'
import type { AudioKind } from '../../../shared/formats/import/audio-kind.ts'
import { decodeAiffSamples, parseAiffHeader } from '../../../shared/formats/import/aiff.ts'
import { bytesPerSample } from '../../../shared/formats/wav/encoding.ts'
import { isTruncated, parseWavHeader } from '../../../shared/formats/wav/parse-header.ts'
import { decodeSamples } from '../../../shared/formats/wav/samples.ts'
import type { Samples } from '../../../shared/units/time.ts'
import type { AudioStream } from './audio-stream.ts'
import { blockSamples } from './audio-stream.ts'
import type { ByteFile } from './byte-file.ts'

export function openWavStream(file: ByteFile): AudioStream {
  const parsed = parseWavHeader(file.read, file.sizeBytes)
  if (!parsed.ok) throw new FailureError(parsed.failure)
  const header = parsed.value
  return pcmStream(file, 'wav', {
    ...header,
    isTruncated: isTruncated(header),
    frameBytes: header.channelCount * bytesPerSample[header.encoding],
    decode: (bytes) => decodeSamples(bytes, header.encoding, header.channelCount),
  })
}

export function openAiffStream(file: ByteFile): AudioStream {
  const parsed = parseAiffHeader(file.read, file.sizeBytes)
  if (!parsed.ok) throw new FailureError(parsed.failure)
  const header = parsed.value
  return pcmStream(file, 'aiff', {
    ...header,
    isTruncated: header.availableSamples < header.promisedSamples,
    frameBytes: header.channelCount * header.sample.bytes,
    decode: (bytes) => decodeAiffSamples(bytes, header.sample, header.channelCount),
  })
}

interface PcmLayout {
  readonly rateHz: number
  readonly channelCount: number
  readonly promisedSamples: Samples | null
  readonly availableSamples: Samples
  readonly isTruncated: boolean
  readonly dataStartBytes: number
  readonly frameBytes: number
  readonly decode: (bytes: Uint8Array) => Float32Array[]
}

function pcmStream(file: ByteFile, kind: AudioKind, layout: PcmLayout): AudioStream {
  let readSamples = 0
  return {
    kind,
    rateHz: layout.rateHz,
    channelCount: layout.channelCount,
    // A writer that did not know the length left the rest of the file as the samples.
    promisedSamples: layout.promisedSamples ?? layout.availableSamples,
    isTruncated: layout.isTruncated,
    isLengthExact: true,
    readFraction: () => (layout.availableSamples === 0 ? 1 : readSamples / layout.availableSamples),
    async *blocks() {
      for (let start = 0; start < layout.availableSamples; start += blockSamples) {
        const count = Math.min(blockSamples, layout.availableSamples - start)
        readSamples = start + count
        yield layout.decode(file.read(layout.dataStartBytes + start * layout.frameBytes, count * layout.frameBytes))
      }
    },
    close: () => file.close(),
  }
}
