import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CancelledError } from '../../../../src/shared/base/errors.ts'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { decodePeaks } from '../../../../src/shared/dsp/peaks.ts'
import type { FileOperations } from '../../../../src/main/files/file-operations.ts'
import { diskOperations } from '../../../../src/main/files/file-operations.ts'
import type { ImportRequest } from '../../../../src/main/files/import-audio.ts'
import { importAudioFile } from '../../../../src/main/files/import-audio.ts'
import { peaksPath, sourcePath } from '../../../../src/main/files/media-folder.ts'
import { createWavWriter, openWavReader } from '../../../../src/main/files/wav-file.ts'
import { fixtureSignal } from '../../../fixtures/audio/signal.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const fixture = (name: string): string => join(import.meta.dirname, '../../../fixtures/audio', name)

function request(path: string, mediaFolder: string, more: Partial<ImportRequest> = {}): ImportRequest {
  return { path, fileName: 'Chorus.wav', mediaFolder, rateHz: 44_100, acceptsTruncated: false, ...more }
}

async function importOrThrow(importRequest: ImportRequest) {
  const outcome = await importAudioFile(importRequest, silentProgress)
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`)
  return outcome.value
}

function readAll(path: string): Float32Array[] {
  const reader = openWavReader(path)
  const channels = reader.read(0, reader.durationSamples)
  reader.close()
  return channels
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
}

/** Offset at which the two match best. */
function bestOffset(actual: Float32Array, expected: Float32Array): number {
  let best = { offset: 0, product: -Infinity }
  for (let offset = -2400; offset <= 2400; offset++) {
    let product = 0
    for (let index = Math.max(0, -offset); index < expected.length && index + offset < actual.length; index++) {
      product += expected[index] * actual[index + offset]
    }
    if (product > best.product) best = { offset, product }
  }
  return best.offset
}

// Name, rate, channels, samples, largest difference from the signal.
const lossless: readonly (readonly [string, number, number, number, number])[] = [
  ['sox-uint8.wav', 44_100, 1, 1501, 1 / 2 ** 7],
  ['sox-int16-stereo.wav', 44_100, 2, 1501, 1 / 2 ** 15],
  ['sox-int24-extensible.wav', 44_100, 1, 1501, 1 / 2 ** 23],
  ['sox-int32-extensible.wav', 44_100, 1, 1501, 1e-7],
  ['sox-float32.wav', 44_100, 1, 1501, 1e-7],
  ['sox-float64.wav', 44_100, 1, 1501, 1e-7],
  ['sox-8khz.wav', 8000, 1, 1601, 1 / 2 ** 15],
  ['sox-192khz.wav', 192_000, 1, 3841, 1 / 2 ** 23],
  ['sox-piped.wav', 44_100, 1, 1501, 1 / 2 ** 15],
  ['ffmpeg-piped.wav', 44_100, 1, 1501, 1 / 2 ** 15],
  ['ffmpeg-rf64-int24-stereo.wav', 44_100, 2, 1501, 1 / 2 ** 23],
  ['sox-int8.aiff', 44_100, 1, 1501, 1 / 2 ** 7],
  ['sox-int16-stereo.aiff', 44_100, 2, 1501, 1 / 2 ** 15],
  ['sox-int24.aiff', 44_100, 1, 1501, 1 / 2 ** 23],
  ['sox-int32.aiff', 44_100, 1, 1501, 1e-7],
  ['ffmpeg-sowt.aiff', 44_100, 1, 1501, 1 / 2 ** 15],
  ['ffmpeg-fl32.aiff', 44_100, 1, 1501, 1e-7],
  ['ffmpeg-fl64.aiff', 44_100, 1, 1501, 1e-7],
  ['flac-16.flac', 44_100, 1, 1501, 1 / 2 ** 15],
  ['flac-24-stereo.flac', 44_100, 2, 1501, 1 / 2 ** 23],
  ['flac-ogg.oga', 44_100, 1, 1501, 1 / 2 ** 15],
  ['flac-many-frames.flac', 44_100, 1, 8821, 1 / 2 ** 15],
  ['ffmpeg-alac.m4a', 44_100, 1, 1501, 1 / 2 ** 15],
  ['ffmpeg-alac-24-stereo.m4a', 44_100, 2, 8821, 1 / 2 ** 23],
]

test.each(lossless)('%s comes in sample for sample', async (name, rateHz, channelCount, durationSamples, largest) => {
  const mediaFolder = temporaryFolder()
  const { source } = await importOrThrow(request(fixture(name), mediaFolder, { rateHz }))
  expect(source).toMatchObject({ originalRateHz: rateHz, channelCount, durationSamples })
  const channels = readAll(sourcePath(mediaFolder, source.id))
  const expected = fixtureSignal(rateHz, durationSamples, channelCount)
  channels.forEach((channel, index) => {
    const differences = channel.map((sample, at) => Math.abs(sample - expected[index][at]))
    expect(Math.max(...differences)).toBeLessThanOrEqual(largest * 1.001)
  })
})

// Name, rate, channels, samples, samples before the sound.
const lossy: readonly (readonly [string, number, number, number, number])[] = [
  ['lame-cbr.mp3', 44_100, 1, 8821, 0],
  ['lame-vbr-stereo.mp3', 44_100, 2, 8821, 0],
  ['ffmpeg-stereo.mp3', 44_100, 2, 8821, 0],
  ['lame-untagged.mp3', 44_100, 1, 10_368, 1105],
  ['oggenc.ogg', 44_100, 1, 8821, 0],
  ['oggenc-stereo.ogg', 44_100, 2, 8821, 0],
  ['ffmpeg.ogg', 44_100, 1, 8821, 0],
  ['opusenc.opus', 48_000, 1, 9601, 0],
  ['opusenc-44khz-stereo.opus', 48_000, 2, 9602, 0],
  ['ffmpeg.opus', 48_000, 1, 9601, 0],
  ['ffmpeg.m4a', 44_100, 1, 8821, 0],
  ['ffmpeg-stereo.m4a', 44_100, 2, 8821, 0],
  ['ffmpeg.aac', 44_100, 1, 9216, 0],
]

test.each(lossy)(
  '%s comes in with the length and start that its container tells',
  async (name, rateHz, channelCount, durationSamples, offset) => {
    const mediaFolder = temporaryFolder()
    const { source, notes } = await importOrThrow(request(fixture(name), mediaFolder, { rateHz }))
    expect(source).toMatchObject({ originalRateHz: rateHz, channelCount, durationSamples })
    const channels = readAll(sourcePath(mediaFolder, source.id))
    fixtureSignal(rateHz, rateHz / 5 + 1, channelCount).forEach((expected, index) => {
      expect(bestOffset(channels[index], expected)).toBe(offset)
    })
    const tellsNoDelay = name === 'lame-untagged.mp3' || name === 'ffmpeg.aac'
    expect(notes.some((note) => note.includes('does not say how much silence'))).toBe(tellsNoDelay)
  },
)

test('AAC with windows of every kind, shaped noise, sums and intensity comes in as FFmpeg decodes it', async () => {
  const folder = temporaryFolder()
  const { source } = await importOrThrow(request(fixture('ffmpeg-strokes.m4a'), folder))
  const { source: known } = await importOrThrow(request(fixture('ffmpeg-strokes.flac'), folder))
  expect([source.channelCount, source.durationSamples]).toEqual([2, 15_435])
  const expected = readAll(sourcePath(folder, known.id))
  readAll(sourcePath(folder, source.id)).forEach((channel, index) => {
    const farthest = channel.reduce((most, sample, at) => Math.max(most, Math.abs(sample - expected[index][at])), 0)
    // Half a step of its 16 bits, and what 32 bits leave of a sum.
    expect(farthest * 2 ** 15).toBeLessThan(0.51)
  })
})

test('a file at another rate is converted once, to the exact length, and says so', async () => {
  const mediaFolder = temporaryFolder()
  const { source, notes } = await importOrThrow(request(fixture('sox-float32.wav'), mediaFolder, { rateHz: 48_000 }))
  expect(source.durationSamples).toBe(Math.round((1501 * 48_000) / 44_100))
  expect(notes).toEqual(['44.1 → 48 kHz, converted once'])
  const [channel] = readAll(sourcePath(mediaFolder, source.id))
  expect(channel.length).toBe(source.durationSamples)
})

test('a source is known by the hash of its bytes, and its peaks lie beside it', async () => {
  const mediaFolder = temporaryFolder()
  const { source } = await importOrThrow(request(fixture('sox-float32.wav'), mediaFolder))
  expect(source.id).toBe(
    createHash('sha256')
      .update(fs.readFileSync(fixture('sox-float32.wav')))
      .digest('hex'),
  )
  expect(source.name).toBe('Chorus')
  const peaks = decodePeaks(fs.readFileSync(peaksPath(mediaFolder, source.id)))
  expect(peaks.ok && peaks.value.durationSamples).toBe(1501)
})

test('the same bytes under another name are used again', async () => {
  const mediaFolder = temporaryFolder()
  const first = await importOrThrow(request(fixture('ffmpeg.m4a'), mediaFolder))
  const again = await importOrThrow(request(fixture('ffmpeg.m4a'), mediaFolder, { fileName: 'copy.m4a' }))
  expect(again.isDuplicate).toBe(true)
  expect(again.source).toEqual({ ...first.source, name: 'copy' })
  expect(filesBelow(mediaFolder).length).toBe(2)
})

test('audio of an earlier import that was lost or damaged is made again', async () => {
  const mediaFolder = temporaryFolder()
  const { source } = await importOrThrow(request(fixture('sox-float32.wav'), mediaFolder))
  fs.truncateSync(sourcePath(mediaFolder, source.id), 3000)
  const again = await importOrThrow(request(fixture('sox-float32.wav'), mediaFolder))
  expect(again.isDuplicate).toBe(false)
  expect(readAll(sourcePath(mediaFolder, source.id))[0].length).toBe(1501)
})

/** A float WAV of these samples, in a folder of its own. */
function wavOf(samples: ArrayLike<number>, ...others: ArrayLike<number>[]): string {
  const path = join(temporaryFolder(), 'made.wav')
  const channels = [samples, ...others].map((channel) => Float32Array.from(channel))
  const writer = createWavWriter(path, { rateHz: 44_100, channelCount: channels.length, encoding: 'float32' })
  writer.write(channels)
  writer.finish()
  return path
}

async function failureOf(path: string, more: Partial<ImportRequest> = {}) {
  const mediaFolder = temporaryFolder()
  const outcome = await importAudioFile(request(path, mediaFolder, more), silentProgress)
  expect(filesBelow(mediaFolder)).toEqual([])
  if (outcome.ok) throw new Error('it came in')
  return outcome
}

test('one sample is a source like any other', async () => {
  expect((await importOrThrow(request(wavOf([0.5]), temporaryFolder()))).source.durationSamples).toBe(1)
})

test('what is too short for one sample at the project’s rate is refused', async () => {
  const outcome = await failureOf(wavOf([0.5]), { rateHz: 8000 })
  expect(outcome.failure.code).toBe('audio-too-short')
})

test('a file without samples, or without bytes, is empty', async () => {
  expect((await failureOf(wavOf([]))).failure.code).toBe('audio-empty')
  const path = join(temporaryFolder(), 'nothing.wav')
  fs.writeFileSync(path, '')
  expect((await failureOf(path)).failure.code).toBe('audio-empty')
})

test('values that are no numbers are refused with their place', async () => {
  const samples = new Float32Array(88_200)
  samples[66_150] = NaN
  const { failure } = await failureOf(wavOf(samples))
  expect(failure.code).toBe('audio-not-finite')
  expect(failure.message).toContain('0:01.500')
})

test('foreign bytes are refused by name, and so are codecs and channel counts that cannot be read', async () => {
  const path = join(temporaryFolder(), 'song.wav')
  fs.writeFileSync(path, 'PK\u0003\u0004 an archive')
  const foreign = await failureOf(path)
  expect(foreign.failure.code).toBe('audio-unreadable')
  expect(foreign.failure.message).toContain('Chorus.wav')
  expect((await failureOf(fixture('sox-alaw.wav'))).failure.message).toContain('A-law')
  expect((await failureOf(fixture('ffmpeg-4channels.wav'))).failure.message).toContain('4 channels')
  expect((await failureOf(fixture('no-such-file.wav'))).failure.code).toBe('file-missing')
})

/** The first part of a fixture. */
function cut(name: string, keptBytes: number): string {
  const path = join(temporaryFolder(), name)
  fs.writeFileSync(path, fs.readFileSync(fixture(name)).subarray(0, keptBytes))
  return path
}

// Name, bytes kept, readable samples at the least and at the most, rate.
const truncatedFiles: readonly (readonly [string, number, number, number, number])[] = [
  ['sox-float32.wav', 4058, 1000, 1000, 44_100],
  ['ffmpeg-rf64-int24-stereo.wav', 6000, 900, 1000, 44_100],
  ['sox-int16-stereo.aiff', 4000, 900, 1000, 44_100],
  ['flac-16.flac', 800, 0, 1500, 44_100],
  ['lame-cbr.mp3', 2000, 1000, 8000, 44_100],
  ['oggenc-stereo.ogg', 5500, 0, 8820, 44_100],
  ['opusenc.opus', 3000, 0, 9600, 48_000],
  ['ffmpeg-stereo.m4a', 3500, 1000, 8820, 44_100],
]

test.each(truncatedFiles)(
  '%s cut off is refused with what can be read, and its readable part comes in when wanted',
  async (name, keptBytes, least, most, rateHz) => {
    const path = cut(name, keptBytes)
    const refused = await failureOf(path, { rateHz })
    expect(refused.failure.code).toBe('audio-truncated')
    const readable = Math.round((refused.readableSec ?? -1) * rateHz)
    expect(readable).toBeGreaterThanOrEqual(least)
    expect(readable).toBeLessThanOrEqual(most)
    if (readable === 0) return
    const mediaFolder = temporaryFolder()
    const { source, notes } = await importOrThrow(request(path, mediaFolder, { acceptsTruncated: true, rateHz }))
    expect(source.durationSamples).toBe(readable)
    expect(notes.some((note) => note.startsWith('cut off'))).toBe(true)
  },
)

test('an M4A whose index never was written is refused', async () => {
  expect((await failureOf(cut('ffmpeg.m4a', 2500), { acceptsTruncated: true })).failure.code).toBe('audio-unreadable')
})

test('clipping, silence and cancelling channels are told and hinder nothing', async () => {
  const tone = Float32Array.from({ length: 44_100 }, (_, index) => Math.sin(index / 20))
  const notesOf = async (...channels: Float32Array[]) =>
    (await importOrThrow(request(wavOf(channels[0], ...channels.slice(1)), temporaryFolder()))).notes
  expect(await notesOf(tone.map((sample) => 0.5 * sample))).toEqual([])
  expect((await notesOf(tone.map((sample) => Math.max(-1, Math.min(1, 1.5 * sample)))))[0]).toMatch(
    /^clipped: \d+ samples/,
  )
  expect(await notesOf(new Float32Array(44_100))).toEqual(['nothing but silence'])
  expect(await notesOf(tone.map((sample, index) => (index < 40_960 ? 0 : 0.5 * sample)))).toEqual(['93 % silence'])
  const half = tone.map((sample) => 0.5 * sample)
  expect(
    await notesOf(
      half,
      half.map((sample) => -sample),
    ),
  ).toEqual(['left and right cancel each other when summed to mono'])
})

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: simulated`), { code })
}

test('a disk that fills up in the middle leaves nothing behind', async () => {
  let written = 0
  const operations: FileOperations = {
    ...diskOperations,
    write(descriptor, bytes, position) {
      written += bytes.length
      if (written > 4000) throw systemError('ENOSPC')
      diskOperations.write(descriptor, bytes, position)
    },
  }
  expect((await failureOf(fixture('sox-float32.wav'), { operations })).failure.code).toBe('disk-full')
})

test('a disk without room for the audio is refused before the work', async () => {
  const operations = { ...diskOperations, freeBytes: () => 1000 }
  const { failure } = await failureOf(fixture('sox-float32.wav'), { operations })
  expect(failure.code).toBe('disk-full')
  expect(failure.message).toContain('1 MB')
})

test('a read-only media folder is refused', async () => {
  const operations = {
    ...diskOperations,
    makeFolder: () => {
      throw systemError('EROFS')
    },
  }
  expect((await failureOf(fixture('sox-float32.wav'), { operations })).failure.code).toBe('folder-read-only')
})

test('a cancelled import leaves nothing behind', async () => {
  const mediaFolder = temporaryFolder()
  let reports = 0
  const progress = {
    report: () => void reports++,
    get isCancelled() {
      return reports > 3
    },
  }
  const path = wavOf(new Float32Array(400_000).fill(0.1))
  await expect(importAudioFile(request(path, mediaFolder), progress)).rejects.toThrow(CancelledError)
  expect(filesBelow(mediaFolder)).toEqual([])
})

test.each(['ffmpeg.m4a', 'lame-untagged.mp3', 'flac-many-frames.flac', 'sox-192khz.wav'])(
  'the progress of %s only grows, and ends at the whole',
  async (name) => {
    const fractions: number[] = []
    const progress = { report: (fraction: number) => void fractions.push(fraction), isCancelled: false }
    await importAudioFile(request(fixture(name), temporaryFolder()), progress)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBeCloseTo(1, 6)
  },
)
