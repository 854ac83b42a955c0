import { concatenated } from '../../../src/shared/base/concatenated.ts'
import { id3Bytes, sniffAudioKind } from '../../../src/shared/formats/import/audio-kind.ts'
import { parseFlacInfo } from '../../../src/shared/formats/import/flac.ts'
import { parseAdtsHead } from '../../../src/shared/formats/import/adts.ts'
import { parseMp4 } from '../../../src/shared/formats/import/mp4.ts'
import { parseMp3Info } from '../../../src/shared/formats/import/mpeg.ts'
import { parseOgg } from '../../../src/shared/formats/import/ogg.ts'
import { encodeCommentBlock, encodeStreamInfo } from '../../../src/shared/formats/flac-blocks.ts'
import { encodeUtf8 } from '../../../src/shared/formats/text.ts'
import { promised, type FuzzTarget } from '../engine/target.ts'
import { varyBoxes } from '../structures/mp4-boxes.ts'
import { varyPages } from '../structures/ogg-pages.ts'
import { fixtureSounds } from './fixture-sounds.ts'
import { valueOrFailure } from './outcomes.ts'

const streamInfo = { shortestBlockSamples: 4096, longestBlockSamples: 4096, smallestFrameBytes: 14, largestFrameBytes: 900, rateHz: 44_100, channelCount: 2, bitsPerSample: 16, durationSamples: 9000, md5: '0'.repeat(32) } // prettier-ignore
const flacHead = concatenated(
  [
    encodeUtf8('fLaC'),
    Uint8Array.of(0, 0, 0, 34),
    encodeStreamInfo(streamInfo),
    encodeCommentBlock('Understudy', [['TITLE', 'Song']]),
  ],
  Uint8Array,
)

export const soundHeads: FuzzTarget = {
  name: 'sound-heads',
  reads: 'first bytes of FLAC, Ogg, MP3 and AAC, with ID3 tags, Xing and LAME tags',
  promise: 'gives whole facts within what the format can say, or none',
  share: 140,
  memoryCapMb: 1000,
  open: () => ({
    seeds: [
      flacHead,
      ...fixtureSounds(
        'flac-16.flac',
        'flac-ogg.oga',
        'lame-cbr.mp3',
        'lame-vbr-stereo.mp3',
        'ffmpeg.aac',
        'opusenc.opus',
        'oggenc.ogg',
      ).map((sound) => sound.slice(0, 4096)),
    ],
    largestBytes: 1 << 16,
    words: ['fLaC', 'OggS', '\u0001vorbis', 'OpusHead', '\u007fFLAC', 'ID3', 'Xing', 'Info', 'LAME3.100'],
    vary: varyPages,
    take(input) {
      const start = id3Bytes(input.subarray(0, 10))
      promised(Number.isSafeInteger(start) && start >= 0, `a tag of ${start} bytes`)
      sniffAudioKind(input.subarray(start, start + 64))
      const adts = parseAdtsHead(input)
      promised(adts === null || adts.sizeBytes > adts.headBytes, 'a frame of AAC without bytes')
      const infos = [parseFlacInfo(input), parseMp3Info(input)]
      for (const kind of ['ogg-vorbis', 'ogg-opus', 'ogg-flac'] as const)
        infos.push(parseOgg(kind, input, input)?.info ?? null)
      for (const info of infos) {
        if (info === null) continue
        promised(Number.isInteger(info.rateHz) && info.rateHz >= 0, `a rate of ${info.rateHz}`)
        promised(info.promisedSamples === null || info.promisedSamples >= 0, `promises ${info.promisedSamples} samples`)
      }
    },
  }),
}

export const mp4Boxes: FuzzTarget = {
  name: 'mp4-boxes',
  reads: 'boxes of M4A and MP4 files: index, sample description, AAC configuration, chunk offsets',
  promise: 'gives frames within the file, in all no more than it has, or refuses with a code',
  share: 90,
  memoryCapMb: 1000,
  open: () => ({
    seeds: fixtureSounds('ffmpeg.m4a', 'ffmpeg-stereo.m4a', 'ffmpeg-alac.m4a'),
    largestBytes: 1 << 18,
    words: [
      'moov',
      'trak',
      'mdia',
      'minf',
      'stbl',
      'stsd',
      'stco',
      'co64',
      'hdlr',
      'soun',
      'mdat',
      'ftyp',
      'free',
      'esds',
      'mp4a',
    ],
    vary: varyBoxes,
    take(input) {
      const layout = valueOrFailure(
        parseMp4((start, count) => input.subarray(start, start + count), input.length),
        ['audio-unreadable'],
      )
      let takenBytes = 0
      for (const { startBytes, sizeBytes } of layout?.frames() ?? []) {
        promised(sizeBytes > 0 && startBytes + sizeBytes <= input.length, 'a frame outside of the file')
        takenBytes += sizeBytes
      }
      promised(takenBytes <= input.length, 'frames of more bytes than the file has')
    },
  }),
}
