import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ExportOptions } from '../../../../src/shared/contract/verbs.ts'
import { nameExports, safeName, type NameWords } from '../../../../src/shared/project/export-names.ts'
import { planExport } from '../../../../src/shared/project/export-plan.ts'
import { singRegions } from '../../../../src/shared/project/edits/performance.ts'
import { chorus, countingIds, mira, singerTrack, smallSong, verse } from '../../../support/documents.ts'

const options: Omit<ExportOptions, 'folder'> = {
  what: 'stems',
  regionIds: [],
  encoding: 'pcm24',
  rateHz: null,
  start: 'zero',
  channels: 'mono',
  nameTemplate: '{song} – {singer} – {bpm}',
  writesMetadata: true,
  writesReport: false,
  writesSession: false,
}
const nameOfSinger = () => 'Mira'
const sung = () => singRegions(smallSong(), [chorus], singerTrack, mira, countingIds())

describe('the files of an export', () => {
  test('stems are one file per singer track with regions, as long as the song', () => {
    const [file, ...others] = planExport(sung(), options, nameOfSinger)
    expect(others).toEqual([])
    expect(file).toMatchObject({
      fileName: 'Paper Lanterns – Mira – 120.wav',
      startSamples: 0,
      durationSamples: 480_000,
    })
    expect(file.bytes).toBe(44 + 480_000 * 3)
  })

  test('at another rate a file is as long in seconds, and a FLAC file is called so', () => {
    const [file] = planExport(sung(), { ...options, encoding: 'flac24', rateHz: 44_100 }, nameOfSinger)
    expect(file).toMatchObject({ durationSamples: 480_000, rateHz: 44_100, writtenSamples: 441_000 })
    expect(file.fileName).toBe('Paper Lanterns – Mira – 120.flac')
  })

  test('a song without a singer has no stems', () => {
    expect(planExport(smallSong(), options, nameOfSinger)).toEqual([])
  })

  test('starting at the first region cuts the silence before it, for all files alike', () => {
    const [file] = planExport(sung(), { ...options, start: 'first-region' }, nameOfSinger)
    expect([file.startSamples, file.durationSamples]).toEqual([240_000, 240_000])
  })

  test('selected regions are a file each, all starting and ending together', () => {
    const selected = { ...options, what: 'selection' as const, regionIds: [verse, chorus], nameTemplate: '{region}' }
    const files = planExport(smallSong(), selected, nameOfSinger)
    expect(files.map((file) => file.fileName)).toEqual(['Verse.wav', 'Chorus.wav'])
    expect(new Set(files.map((file) => file.durationSamples))).toEqual(new Set([480_000]))
  })

  test('a mix holds every audible region and leaves the replaced sources out', () => {
    const [file] = planExport(sung(), { ...options, what: 'mix', channels: 'stereo' }, nameOfSinger)
    expect(file.regionIds).toEqual([verse, 'r1'])
    expect(file.fileName).toBe('Paper Lanterns – 120.wav')
  })

  test('a loop covers its span', () => {
    const song = { ...sung(), loop: { isOn: true, startSamples: 100_000, endSamples: 150_000 } }
    const [file] = planExport(song, { ...options, what: 'loop' }, nameOfSinger)
    expect([file.startSamples, file.durationSamples, file.regionIds]).toEqual([100_000, 50_000, [verse]])
  })
})

describe('file names', () => {
  const words: NameWords = { song: 'Song', track: 'Mira', singer: 'Mira', region: '', bpm: '120' }

  test.each([
    ['{song} – {singer}', 'Song – Mira.wav'],
    ['{song} – {region} – {bpm}', 'Song – 120.wav'],
    ['{region} – {song}', 'Song.wav'],
    ['{nothing}', '{nothing}.wav'],
    ['../{song}', '-Song.wav'],
    ['con', '_con.wav'],
    ['   ', 'Export.wav'],
  ])('%s becomes %s', (template, expected) => {
    expect(nameExports(template, [words], 'wav')).toEqual([expected])
  })

  test('the same name twice gets a number', () => {
    expect(nameExports('{song}', [words, words, words], 'wav')).toEqual(['Song.wav', 'Song 2.wav', 'Song 3.wav'])
  })

  test('no template and no word leads out of the folder or repeats a name', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.array(fc.string({ maxLength: 60 }), { maxLength: 6 }),
        (template, songs) => {
          const names = nameExports(
            template,
            songs.map((song) => ({ ...words, song })),
            'wav',
          )
          expect(names.every((name) => /^[^/\\]+\.wav$/.test(name) && !name.startsWith('.'))).toBe(true)
          expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
        },
      ),
    )
  })
})

test('no name of a file is a device, turns its letters around, or is the same as another on some system', () => {
  for (const device of ['con', 'NUL.take', 'aux .x', 'com1.a.b', 'LPT²', 'conin$'])
    expect(safeName(device)).toBe(`_${device}`)
  expect(safeName('consort')).toBe('consort')
  expect(safeName('Verse\u202evaw.exe\u200b')).toBe('Versevaw.exe')
  expect(safeName('a\u0085b\ud800')).toBe('a-b\ufffd')
  const words = { song: 'Song', singer: '', region: '', bpm: '120' }
  const names = nameExports(
    '{track}',
    [
      { ...words, track: 'Caf\u00e9' },
      { ...words, track: 'cafe\u0301' },
    ],
    'wav',
  )
  expect(names).toEqual(['Caf\u00e9.wav', 'caf\u00e9 2.wav'])
  expect(nameExports('{constructor} {track}', [{ ...words, track: 'Lead' }], 'wav')).toEqual(['{constructor} Lead.wav'])
})
