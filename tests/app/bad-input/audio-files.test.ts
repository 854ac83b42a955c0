import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../src/shared/base/random.ts'
import type { ImportedFile } from '../../../src/shared/contract/jobs.ts'
import type { Singer } from '../../../src/shared/contract/library.ts'
import { renderMediaId } from '../../../src/shared/contract/media.ts'
import type { OpenProject } from '../../../src/shared/contract/verbs.ts'
import type { Source } from '../../../src/shared/project/model.ts'
import { createWavWriter, openWavReader } from '../../../src/main/files/wav-file.ts'
import { writeUntrainedSinger } from '../../support/sound-files.ts'
import { openStudio, wholeSource, type Studio } from '../../support/studio.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { makeTemporaryFolder, removeFolder } from '../../support/temporary-folder.ts'

const folder = makeTemporaryFolder()
const path = (name: string) => join(folder, name)
let studio: Studio
let project: OpenProject
let singer: Singer

const second = VOICE_RATE_HZ
const sung = () => sungVoice('lead').slice(second, 3 * second)

beforeAll(async () => {
  studio = await openStudio(path('home'))
  const file = { kind: 'path' as const, path: writeUntrainedSinger(path('mira.singer'), 'Mira') }
  singer = await studio.ask('singer:import', { file })
  project = await studio.ask('project:create', { name: 'Song', rateHz: VOICE_RATE_HZ })
})
afterAll(async () => {
  await studio?.close()
  removeFolder(folder)
})

async function drop(names: readonly string[], acceptsTruncated = false): Promise<readonly ImportedFile[]> {
  const files = names.map((name) => ({ kind: 'path' as const, path: path(name) }))
  const job = await studio.ask('project:import', { projectId: project.projectId, files, acceptsTruncated })
  return (await studio.outcome('import', job)).files
}

async function broughtIn(name: string): Promise<{ source: Source; notes: readonly string[] }> {
  const [file] = await drop([name])
  if (!file.isImported) throw new Error(JSON.stringify(file))
  return file
}

/** Converts all of it, and holds the render to the one law that every render obeys. */
async function converted(source: Source): Promise<{ semitones: number; samples: Float32Array }> {
  const job = await studio.ask('project:convert', wholeSource(project, source, singer))
  const { render } = await studio.outcome('convert', job)
  const found = await studio.application.media(renderMediaId(project.projectId, render.key))
  if (!found.ok) throw new Error(found.failure.message)
  const reader = openWavReader(found.value)
  const [samples] = reader.read(0, reader.durationSamples)
  reader.close()
  expect(samples.length).toBe(source.durationSamples)
  expect(samples.every(Number.isFinite)).toBe(true)
  return { semitones: render.semitones, samples }
}

test('among good files every bad one is named with what is wrong, what was found and what to do, and the good ones come in', async () => {
  const whole = writeVoice(path('good.wav'), [sung()])
  writeVoice(path('also good.wav'), [sung().map((sample) => -sample)])
  writeFileSync(path('empty.wav'), '')
  writeVoice(path('no samples.wav'), [new Float32Array(0)])
  writeFileSync(path('letter.wav'), 'Dear producer, this is no sound.')
  const bytes = readFileSync(whole)
  writeFileSync(path('cut.wav'), bytes.subarray(0, Math.floor(bytes.length / 2)))
  writeFileSync(path('only a head.wav'), bytes.subarray(0, 20))
  writeVoice(path('nan.wav'), [sung().map((sample, index) => (index === 12_000 ? NaN : sample))])
  writeVoice(path('infinite.wav'), [sung().map((sample, index) => (index === 24_000 ? Infinity : sample))])

  const files = await drop([
    'good.wav',
    'empty.wav',
    'no samples.wav',
    'letter.wav',
    'cut.wav',
    'only a head.wav',
    'nan.wav',
    'infinite.wav',
    'nowhere.wav',
    'also good.wav',
  ])
  const told = files.map((file) => (file.isImported ? 'in' : file.failure.code))
  expect(told).toEqual([
    'in',
    'audio-empty',
    'audio-empty',
    'audio-unreadable',
    'audio-truncated',
    expect.stringMatching(/audio-(unreadable|truncated)/),
    'audio-not-finite',
    'audio-not-finite',
    'file-missing',
    'in',
  ])
  for (const file of files) {
    if (file.isImported) continue
    expect(file.failure.message).toContain(`“${file.fileName}”`)
  }
  const sentence = (index: number) => {
    const file = files[index]
    return file.isImported ? '' : `${file.failure.message} ${file.failure.remedy ?? ''}`
  }
  expect(sentence(1)).toMatch(/0 bytes/)
  expect(sentence(2)).toMatch(/no samples/)
  expect(sentence(3)).toMatch(/begins with “Dear pro”.*Bring in .*WAV/)
  expect(sentence(4)).toMatch(/promises 2\.00 s, and 1\.00 s can be read.*copy the file again/)
  expect(sentence(6)).toMatch(/first at 0:00\.500.*Export it again/)
  expect(sentence(7)).toMatch(/first at 0:01\.000.*Export it again/)

  const [part] = await drop(['cut.wav'], true)
  expect(part).toMatchObject({ isImported: true, notes: [expect.stringMatching(/cut off: the first 1\.00 s/)] })
})

test('a silent file comes in, is told to be silent, and its render is as silent', async () => {
  writeVoice(path('silent.wav'), [new Float32Array(second)])
  const { source, notes } = await broughtIn('silent.wav')
  expect(notes).toEqual(['nothing but silence'])
  expect((await converted(source)).samples.every((sample) => sample === 0)).toBe(true)
})

test('a file of one sample comes in and is rendered as one sample', async () => {
  writeVoice(path('one.wav'), [Float32Array.of(0.5)])
  const { source } = await broughtIn('one.wav')
  expect(source.durationSamples).toBe(1)
  expect([...(await converted(source)).samples]).toEqual([0.5])
})

test('a clipped file comes in with the number of its clipped samples, and converts', async () => {
  const clipped = sung().map((sample) => Math.max(-1, Math.min(1, sample * 20)))
  writeVoice(path('clipped.wav'), [clipped])
  const { source, notes } = await broughtIn('clipped.wav')
  const count = clipped.filter((sample) => Math.abs(sample) === 1).length
  expect(count).toBeGreaterThan(1000)
  expect(notes.join()).toContain(`clipped: ${count} samples`)
  const { samples } = await converted(source)
  expect(samples.some((sample) => Math.abs(sample) > 0.05)).toBe(true)
})

test('noise without any pitch converts without a transposition', async () => {
  const random = createRandom(5)
  writeVoice(path('noise.wav'), [Float32Array.from({ length: 2 * second }, () => 0.1 * random.normal())])
  const { source } = await broughtIn('noise.wav')
  expect((await converted(source)).semitones).toBe(0)
})

test('two voices at once convert: their length stays, and nothing runs away', async () => {
  const other = sungVoice('harmony').slice(second, 3 * second)
  writeVoice(path('duet.wav'), [sung().map((sample, index) => 0.5 * (sample + other[index]))])
  const { samples } = await converted((await broughtIn('duet.wav')).source)
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  expect(peak).toBeGreaterThan(0.01)
  expect(peak).toBeLessThanOrEqual(1)
})

test('a file of one hour comes in whole, and any of its regions converts', async () => {
  const rateHz = 8000
  const writer = createWavWriter(path('hour.wav'), { rateHz, channelCount: 1, encoding: 'pcm16' })
  const quiet = new Float32Array(60 * rateHz)
  for (let minute = 0; minute < 59; minute++) writer.write([quiet])
  const last = Float32Array.from(quiet)
  const voice = sungVoice('low')
  for (let index = 0; index < voice.length / 3; index++) last[index] = voice[3 * index]
  writer.write([last])
  writer.finish()

  const slow = await studio.ask('project:create', { name: 'Hour', rateHz })
  const source = await studio.importPath(slow.projectId, path('hour.wav'))
  expect(source.durationSamples).toBe(3600 * rateHz)
  const request = wholeSource(slow, source, singer, {
    sourceStartSamples: 59 * 60 * rateHz,
    durationSamples: 3 * rateHz,
  })
  const { render } = await studio.outcome('convert', await studio.ask('project:convert', request))
  expect(render.durationSamples).toBe(3 * rateHz)
  await studio.ask('project:close', { projectId: slow.projectId })
})

test('a file that only says to be an hour long is told as cut off, with what is there', async () => {
  const bytes = Buffer.from(readFileSync(path('good.wav')))
  const sizeAt = bytes.indexOf('data') + 4
  bytes.writeUInt32LE(3600 * VOICE_RATE_HZ * 4, sizeAt)
  writeFileSync(path('boaster.wav'), bytes)
  const [file] = await drop(['boaster.wav'])
  expect(file).toMatchObject({ isImported: false, failure: { code: 'audio-truncated' }, readableSec: 2 })
  expect(!file.isImported && file.failure.message).toContain('3600.00 s')
})

test('a region that lies outside its source is refused with both lengths', async () => {
  const { source } = await broughtIn('good.wav')
  const request = wholeSource(project, source, singer, { sourceStartSamples: 40_000, durationSamples: 20_000 })
  const job = await studio.ended(await studio.ask('project:convert', request))
  expect(job).toMatchObject({ state: 'failed', failure: { code: 'audio-truncated' } })
  expect(job.failure?.message).toMatch(/48000 samples, and 20000 samples from 40000 were asked for/)
})
