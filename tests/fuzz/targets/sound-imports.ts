import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { silentProgress } from '../../../src/shared/base/progress.ts'
import type { Random } from '../../../src/shared/base/random.ts'
import { importAudioFile } from '../../../src/main/files/import-audio.ts'
import { promised, type FuzzTarget } from '../engine/target.ts'
import { varyBoxes } from '../structures/mp4-boxes.ts'
import { varyChunks } from '../structures/chunks.ts'
import { varyFrames } from '../structures/frames.ts'
import { varyPages } from '../structures/ogg-pages.ts'
import { fixtureSounds } from './fixture-sounds.ts'
import { valueOrFailure } from './outcomes.ts'

const CODES = [
  'audio-unreadable',
  'audio-empty',
  'audio-truncated',
  'audio-too-short',
  'audio-too-long',
  'audio-not-finite',
  'disk-full',
] as const
const RATE_HZ = 44_100
const LARGEST_BYTES = 1 << 16

/** A sound file on its whole way into a project: found out, decoded, resampled and stored. */
const importOf = (
  name: string,
  reads: string,
  seeds: readonly string[],
  vary: ((input: Uint8Array, random: Random) => Uint8Array | null) | undefined,
  share: number,
): FuzzTarget => ({
  name: `import-${name}`,
  reads: `${reads}, by the decoder that the program ships`,
  promise:
    'comes in whole with its waveform, or is refused with a code and leaves nothing; nothing is written beside it',
  share,
  memoryCapMb: 1000,
  writes: true,
  open(folder) {
    const path = join(folder, 'sound')
    const mediaFolder = join(folder, 'media')
    mkdirSync(mediaFolder, { recursive: true })
    let count = 0
    return {
      seeds: fixtureSounds(...seeds),
      largestBytes: LARGEST_BYTES,
      ...(vary === undefined ? {} : { vary }),
      async take(input) {
        writeFileSync(path, input)
        // Both answers to what was cut off.
        const acceptsTruncated = count++ % 2 === 0
        const request = { path, fileName: 'sound', mediaFolder, rateHz: RATE_HZ, acceptsTruncated }
        try {
          const value = valueOrFailure(await importAudioFile(request, silentProgress), CODES)
          const left = readdirSync(mediaFolder, { recursive: true }).map(String)
          const files = left.filter((entry) => /[\\/]/.test(entry))
          promised(files.length === (value === null ? 0 : 2), `left ${files.join(', ')}`)
          promised(!files.some((file) => file.endsWith('.part')), 'left a part of a file')
        } finally {
          rmSync(mediaFolder, { recursive: true, force: true })
          mkdirSync(mediaFolder)
        }
      },
    }
  },
})

export const soundImports: readonly FuzzTarget[] = [
  importOf('wav', 'WAV', ['sox-int24-extensible.wav', 'sox-float64.wav', 'ffmpeg-rf64-int24-stereo.wav', 'sox-uint8.wav'], (input, random) => varyChunks(input, random, true), 3),
  importOf('aiff', 'AIFF', ['sox-int8.aiff', 'ffmpeg-sowt.aiff', 'ffmpeg-fl64.aiff'], (input, random) => varyChunks(input, random, false), 3),
  importOf('flac', 'FLAC, bare and in Ogg', ['flac-16.flac', 'flac-24-stereo.flac', 'flac-ogg.oga'], varyFrames(0xf8, 0xfc), 2),
  importOf('vorbis', 'Ogg Vorbis', ['oggenc.ogg', 'oggenc-stereo.ogg', 'ffmpeg.ogg'], varyPages, 2),
  importOf('opus', 'Opus', ['opusenc.opus', 'opusenc-44khz-stereo.opus', 'ffmpeg.opus'], varyPages, 2),
  importOf('mp3', 'MP3', ['lame-cbr.mp3', 'lame-vbr-stereo.mp3', 'lame-untagged.mp3'], varyFrames(0xe0, 0xe0), 2),
  importOf('aac', 'AAC in ADTS', ['ffmpeg.aac'], varyFrames(0xf0, 0xf0), 2),
  importOf('m4a', 'AAC and Apple Lossless in MP4', ['ffmpeg.m4a', 'ffmpeg-stereo.m4a', 'ffmpeg-alac.m4a'], varyBoxes, 2),
] // prettier-ignore
