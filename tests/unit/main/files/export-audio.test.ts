import * as fs from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CancelledError } from '../../../../src/shared/base/errors.ts'
import type { RenderKey } from '../../../../src/shared/base/id.ts'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import type { ExportOptions } from '../../../../src/shared/contract/verbs.ts'
import { planExport } from '../../../../src/shared/project/export-plan.ts'
import type { Project, Region } from '../../../../src/shared/project/model.ts'
import { defaultPerformance } from '../../../../src/shared/project/performance.ts'
import type { ExportRequest } from '../../../../src/main/files/export-audio.ts'
import { exportAudio } from '../../../../src/main/files/export-audio.ts'
import { renderPath, sourcePath } from '../../../../src/main/files/media-folder.ts'
import { createWavWriter, openWavReader } from '../../../../src/main/files/wav-file.ts'
import { chorus, leadTrack, mira, smallSong, sourceId, verse } from '../../../support/documents.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const sourceSamples = Float32Array.from(
  { length: 480_000 },
  (_, index) => 0.6 * Math.sin(index / 11 + (index / 9e4) ** 2),
)
const key = 'd'.repeat(64) as RenderKey

function writeMedia(path: string, channels: Float32Array[]): void {
  fs.mkdirSync(join(path, '..'), { recursive: true })
  const writer = createWavWriter(path, { rateHz: 48_000, channelCount: channels.length, encoding: 'float32' })
  writer.write(channels)
  writer.finish()
}

function mediaWith(channels: Float32Array[] = [sourceSamples]): string {
  const folder = temporaryFolder()
  writeMedia(sourcePath(folder, sourceId), channels)
  return folder
}

const mixed: ExportOptions = {
  what: 'mix',
  regionIds: [],
  encoding: 'float32',
  rateHz: null,
  start: 'zero',
  channels: 'mono',
  nameTemplate: '{song}',
  folder: '',
  writesMetadata: false,
  writesReport: false,
  writesSession: false,
}

async function exported(
  project: Project,
  changed: Partial<ExportOptions> = {},
  mediaFolder = mediaWith(),
  more: Partial<ExportRequest> = {},
) {
  const options = { ...mixed, folder: join(temporaryFolder(), 'exports'), ...changed }
  const written = await exportAudio(
    {
      project,
      files: planExport(project, options, () => 'Mira'),
      options,
      mediaFolder,
      nameOfSinger: () => 'Mira',
      software: 'Understudy',
      engine: 'Understudy conversion 2',
      createdAtMs: 0,
      ...more,
    },
    silentProgress,
  )
  return written.map((file) => ({ ...file, channels: readAll(file.path) }))
}

function readAll(path: string): Float32Array[] {
  const reader = openWavReader(path)
  const channels = reader.read(0, reader.durationSamples)
  reader.close()
  return channels
}

const changedRegion = (project: Project, id: Region['id'], change: Partial<Region>): Project => ({
  ...project,
  regions: { ...project.regions, [id]: { ...project.regions[id], ...change } },
})

const only = (project: Project, id: Region['id']): Project => ({ ...project, regions: { [id]: project.regions[id] } })

test('a region without a performance is bit for bit its source, wherever it stands and however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 200_000 }),
      fc.integer({ min: 0, max: 200_000 }),
      fc.integer({ min: 1, max: 200_000 }),
      fc.constantFrom('mono' as const, 'stereo' as const),
      async (sourceStartSamples, startSamples, durationSamples, channels) => {
        const song = changedRegion(only(smallSong(), verse), verse, {
          sourceStartSamples,
          startSamples,
          durationSamples,
        })
        const [file] = await exported(song, { channels })
        expect(file.durationSamples).toBe(startSamples + durationSamples)
        for (const channel of file.channels) {
          expect(channel.length).toBe(file.durationSamples)
          expect(channel.subarray(0, startSamples).every((sample) => sample === 0)).toBe(true)
          const span = sourceSamples.subarray(sourceStartSamples, sourceStartSamples + durationSamples)
          expect(Buffer.from(channel.slice(startSamples).buffer).equals(Buffer.from(span.slice().buffer))).toBe(true)
        }
      },
    ),
    { numRuns: 8 },
  )
})

test('regions, tracks and fades have their level', async () => {
  let song = changedRegion(only(smallSong(), verse), verse, { gainDb: -6, fadeInSamples: 1000, fadeOutSamples: 500 })
  song = { ...song, tracks: song.tracks.map((track) => ({ ...track, gainDb: 3 })) }
  const [{ channels }] = await exported(song)
  const gain = 10 ** (-3 / 20)
  for (const [at, factor] of [
    [0, 0],
    [500, 0.5],
    [1000, 1],
    [150_000, 1],
    [199_750, 0.5],
  ]) {
    expect(channels[0][at]).toBeCloseTo(sourceSamples[at] * gain * factor, 5)
  }
})

test('a converted region sounds from its render, and as its source where the other is chosen', async () => {
  const mediaFolder = mediaWith()
  const rendered = sourceSamples.subarray(1000, 301_000).map((sample) => -sample)
  writeMedia(renderPath(mediaFolder, key), [rendered])
  const performance = defaultPerformance(mira)
  const render = {
    key,
    sourceStartSamples: 1000,
    durationSamples: 300_000,
    performance,
    singerDigest: 'x',
    semitones: 0,
  }
  const converted = changedRegion(only(smallSong(), verse), verse, {
    sourceStartSamples: 5000,
    performance,
    render,
    heard: 'converted',
  })
  const [file] = await exported(converted, { writesMetadata: true }, mediaFolder)
  expect(file.channels[0]).toEqual(sourceSamples.slice(5000, 205_000).map((sample) => -sample))
  expect(fs.readFileSync(file.path).includes('AI converted: the voice of Mira')).toBe(true)
  const [original] = await exported(
    changedRegion(converted, verse, { heard: 'original' }),
    { writesMetadata: true },
    mediaFolder,
  )
  expect(original.channels[0]).toEqual(sourceSamples.slice(5000, 205_000))
  expect(fs.readFileSync(original.path).includes('AI converted')).toBe(false)

  // The mark moves what is converted by less than a tenth, at its place and length; originals stay as they are.
  const [marked] = await exported(converted, { marksSound: true }, mediaFolder)
  expect(marked.channels[0].length).toBe(200_000)
  const powerOf = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample ** 2, 0)
  const difference = marked.channels[0].map((sample, at) => sample - file.channels[0][at])
  expect(powerOf(difference)).toBeGreaterThan(0)
  expect(powerOf(difference)).toBeLessThan(0.01 * powerOf(file.channels[0]))
  const [unmarked] = await exported(changedRegion(converted, verse, { heard: 'original' }), { marksSound: true }, mediaFolder) // prettier-ignore
  expect(unmarked.channels[0]).toEqual(original.channels[0])
})

test('regions of different tracks add up; what is muted or replaced is not heard', async () => {
  const song = smallSong()
  const shifted = changedRegion(song, chorus, { trackId: song.tracks[1].id, startSamples: 100_000 })
  const [{ channels }] = await exported(shifted)
  expect(channels[0][150_000]).toBeCloseTo(sourceSamples[150_000] + sourceSamples[290_000], 6)
  const [muted] = await exported(changedRegion(shifted, chorus, { isMuted: true }))
  expect(muted.channels[0].subarray(0, 200_000)).toEqual(sourceSamples.subarray(0, 200_000))
})

test('overlapping regions of one track crossfade: the same sound goes through unchanged', async () => {
  const overlapping = changedRegion(smallSong(), chorus, { sourceStartSamples: 150_000, startSamples: 150_000 })
  const [{ channels }] = await exported(overlapping)
  const span = sourceSamples.subarray(0, 390_000)
  const largest = span.reduce((most, sample, at) => Math.max(most, Math.abs(sample - channels[0][at])), 0)
  expect(largest).toBeLessThan(1e-5)
})

test('pan moves a mono region by equal power and leaves the middle alone', async () => {
  const song = only(smallSong(), verse)
  const panned = (pan: number): Project => ({
    ...song,
    tracks: song.tracks.map((track) => (track.id === leadTrack ? { ...track, pan } : track)),
  })
  const [left] = await exported(panned(-1), { channels: 'stereo' })
  expect(left.channels[0][1000]).toBeCloseTo(2 * sourceSamples[1000], 5)
  expect(Math.abs(left.channels[1][1000])).toBeLessThan(1e-6)
})

test('a stereo source keeps its sides in stereo, and is their mean in mono', async () => {
  const other = sourceSamples.map((sample) => 0.25 * sample)
  const song = only(smallSong(), verse)
  const [stereo] = await exported(song, { channels: 'stereo' }, mediaWith([sourceSamples, other]))
  expect(stereo.channels).toEqual([sourceSamples.slice(0, 200_000), other.slice(0, 200_000)])
  const [mono] = await exported(song, {}, mediaWith([sourceSamples, other]))
  expect(mono.channels[0][777]).toBeCloseTo(0.625 * sourceSamples[777], 6)
})

test('a loop begins in the middle of a region at the very sample', async () => {
  const song = { ...smallSong(), loop: { isOn: true, startSamples: 12_345, endSamples: 99_999 } }
  const [{ channels }] = await exported(song, { what: 'loop' })
  expect(channels[0]).toEqual(sourceSamples.slice(12_345, 99_999))
})

test('a file of that name is left alone', async () => {
  const folder = temporaryFolder()
  const mediaFolder = mediaWith()
  await exported(only(smallSong(), verse), { folder }, mediaFolder)
  await exported(only(smallSong(), verse), { folder }, mediaFolder)
  expect(fs.readdirSync(folder).toSorted()).toEqual(['Paper Lanterns 2.wav', 'Paper Lanterns.wav'])
})

test('a cancelled export leaves no file that is not whole', async () => {
  const folder = temporaryFolder()
  const options = { ...mixed, folder }
  const request = {
    project: smallSong(),
    files: planExport(smallSong(), options, () => ''),
    options,
    mediaFolder: mediaWith(),
    nameOfSinger: () => '',
    software: 'Understudy',
    engine: 'Understudy conversion 2',
    createdAtMs: 0,
  }
  let reports = 0
  const progress = {
    report: () => void reports++,
    get isCancelled() {
      return reports > 1
    },
  }
  await expect(exportAudio(request, progress)).rejects.toThrow(CancelledError)
  expect(fs.readdirSync(folder)).toEqual([])
})

test('media that are gone are named, and no file is left', async () => {
  const folder = join(temporaryFolder(), 'out')
  await expect(exported(smallSong(), { folder }, temporaryFolder())).rejects.toThrow('source of “Verse” is not there')
  expect(fs.readdirSync(folder)).toEqual([])
})

test('a source that was cut off is named, and no silence is written in its place', async () => {
  const folder = join(temporaryFolder(), 'out')
  const media = mediaWith()
  fs.truncateSync(sourcePath(media, sourceId), 400_000)
  await expect(exported(smallSong(), { folder }, media)).rejects.toThrow('source of “Verse” was cut off')
  expect(fs.readdirSync(folder)).toEqual([])
})

test('at another rate a tone keeps its pitch, its place and its length in seconds', async () => {
  const tone = Float32Array.from(
    { length: 480_000 },
    (_, index) => 0.5 * Math.sin((2 * Math.PI * 1000 * index) / 48_000),
  )
  const song = only(smallSong(), verse)
  const [file] = await exported(song, { rateHz: 44_100 }, mediaWith([tone]))
  expect(file.durationSamples).toBe(Math.round((200_000 * 44_100) / 48_000))
  for (let at = 1000; at < 180_000; at += 777)
    expect(file.channels[0][at]).toBeCloseTo(0.5 * Math.sin((2 * Math.PI * 1000 * at) / 44_100), 4)
})

test('a comp is written as its takes follow each other, and over a join between like takes nothing changes', async () => {
  const folder = mediaWith()
  const take = (digit: string) => ({
    key: digit.repeat(64) as RenderKey,
    sourceStartSamples: 0,
    durationSamples: 480_000,
    performance: defaultPerformance(mira),
    singerDigest: 'digest',
    semitones: 0,
  })
  const quieter = sourceSamples.map((sample) => sample / 2)
  writeMedia(renderPath(folder, take('e').key), [quieter])
  writeMedia(renderPath(folder, take('f').key), [quieter.slice()])
  const song = changedRegion(only(smallSong(), chorus), chorus, {
    performance: defaultPerformance(mira),
    render: take('f'),
    takes: [
      { number: 1, render: take('e'), isStarred: false },
      { number: 2, render: take('f'), isStarred: false },
    ],
    comp: [
      { startSamples: 240_000, takeNumber: 1 },
      { startSamples: 300_000, takeNumber: 2 },
    ],
  })
  const [like] = await exported(song, {}, folder)
  const wanted = quieter.subarray(240_000)
  for (let at = 0; at < wanted.length; at++) {
    const isInJoin = Math.abs(at - 60_000) <= 240
    if (isInJoin) expect(like.channels[0][240_000 + at]).toBeCloseTo(wanted[at], 5)
    else if (like.channels[0][240_000 + at] !== wanted[at]) throw new Error(`sample ${at} is another`)
  }
  writeMedia(renderPath(folder, take('f').key), [new Float32Array(480_000)])
  const [unlike] = await exported(song, {}, folder)
  expect(unlike.channels[0][240_000 + 59_000]).toBe(wanted[59_000])
  expect(Math.abs(unlike.channels[0][240_000 + 60_000])).toBeCloseTo(Math.abs(wanted[60_000]) * Math.SQRT1_2, 5)
  expect(unlike.channels[0][240_000 + 61_000]).toBe(0)
})
