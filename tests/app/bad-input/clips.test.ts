import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../src/shared/base/random.ts'
import type { ClipVerdict } from '../../../src/shared/contract/jobs.ts'
import { writeUntrainedSinger } from '../../support/sound-files.ts'
import { openStudio, type Studio } from '../../support/studio.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { makeTemporaryFolder, removeFolder } from '../../support/temporary-folder.ts'
import { ownSingers } from '../../support/own-singers.ts'

const folder = makeTemporaryFolder()
const path = (name: string) => join(folder, name)
const second = VOICE_RATE_HZ
let studio: Studio

beforeAll(async () => {
  studio = await openStudio(path('home'))
})
afterAll(async () => {
  await studio?.close()
  removeFolder(folder)
})

async function inspected(names: readonly string[]): Promise<readonly ClipVerdict[]> {
  const files = names.map((name) => ({ kind: 'path' as const, path: path(name) }))
  return (await studio.outcome('inspect', await studio.ask('singer:inspectClips', { files }))).clips
}

const trainRequest = (name: string, clips: readonly ClipVerdict[]) => ({
  name,
  hueIndex: 0,
  consent: 'a synthesized voice',
  clipIds: clips.map(({ clipId }) => clipId),
  preset: 'quick' as const,
  seed: 1,
})

test('every clip gets a verdict in its own row: what is wrong, the number found and the number needed', async () => {
  const voice = sungVoice('low').slice(0, 4 * second)
  const random = createRandom(3)
  const writers: readonly (readonly [string, string, () => void])[] = [
    ['good.wav', 'clean', () => writeVoice(path('good.wav'), [voice])],
    ['empty.wav', '0 bytes', () => writeFileSync(path('empty.wav'), '')],
    [
      'silent.wav',
      'silent: every sample is zero',
      () => writeVoice(path('silent.wav'), [new Float32Array(3 * second)]),
    ],
    ['one.wav', 'too short: 0.0 s, at least 1 s', () => writeVoice(path('one.wav'), [Float32Array.of(0.5)])],
    ['short.wav', 'too short: 0.5 s, at least 1 s', () => writeVoice(path('short.wav'), [voice.slice(0, second / 2)])],
    ['nan.wav', 'not a number', () => writeVoice(path('nan.wav'), [voice.map((x, at) => (at === 9 ? NaN : x))])],
    [
      'clipped.wav',
      'at most 1 % may be',
      () => writeVoice(path('clipped.wav'), [voice.map((x) => Math.max(-1, Math.min(1, 40 * x)))]),
    ],
    ['faint.wav', 'at least −45 is needed', () => writeVoice(path('faint.wav'), [voice.map((x) => 1e-3 * x)])],
    [
      'noise.wav',
      'has a pitch, at least 10 % is needed',
      () => writeVoice(path('noise.wav'), [voice.map(() => 0.1 * random.normal())]),
    ],
    ['letter.wav', 'This is not an audio file', () => writeFileSync(path('letter.wav'), 'Dear producer')],
    ['nowhere.wav', 'is not there', () => {}],
  ]
  for (const [, , write] of writers) write()
  const verdicts = await inspected(writers.map(([name]) => name))
  expect(verdicts.map(({ isKept }) => isKept)).toEqual(writers.map(([name]) => name === 'good.wav'))
  verdicts.forEach((verdict, index) => expect(verdict.reason).toContain(writers[index][1]))
})

test('two voices at once are no reason to stop: the verdict says what was heard', async () => {
  const [one, other] = [sungVoice('low'), sungVoice('high')]
  writeVoice(path('duet.wav'), [one.slice(0, 4 * second).map((sample, index) => 0.5 * (sample + other[index]))])
  const [verdict] = await inspected(['duet.wav'])
  expect(verdict.durationSec).toBeCloseTo(4, 1)
  expect(verdict.reason).not.toBe('')
})

test('too little voice to learn from is refused with how much is there, needed and missing, and leaves nothing', async () => {
  writeVoice(path('little.wav'), [sungVoice('low').slice(0, 4 * second)])
  const verdicts = await inspected(['little.wav'])
  expect(verdicts[0].isKept).toBe(true)
  const job = await studio.ended(await studio.ask('singer:train', trainRequest('Bruno', verdicts)))
  expect(job).toMatchObject({ state: 'failed', failure: { code: 'clips-too-few', remedy: expect.any(String) } })
  const [, there, needed, missing] =
    /hold ([\d.]+) s of voice, and at least (\d+) s are needed: ([\d.]+) s are missing/.exec(
      job.failure?.message ?? '',
    ) ?? []
  expect(Number(there)).toBeGreaterThan(1)
  expect(Number(there) + Number(missing)).toBeCloseTo(Number(needed), 5)
  expect(await ownSingers(studio.ask('singer:list', {}))).toEqual([])
})

test('after a refused training its name is free for the next one', async () => {
  const verdicts = await inspected(['little.wav'])
  const again = await studio.ended(await studio.ask('singer:train', trainRequest('Bruno', verdicts)))
  expect(again.failure?.code).toBe('clips-too-few')
})

test('a name that a singer has is refused before anything begins, whatever its capitals', async () => {
  const file = { kind: 'path' as const, path: writeUntrainedSinger(path('mira.singer'), 'Mira') }
  const mira = await studio.ask('singer:import', { file })
  const verdicts = await inspected(['good.wav'])
  const before = (await studio.ask('jobs:list', {})).length
  const refused = [
    await studio.refusal('singer:train', trainRequest('mira', verdicts)),
    await studio.refusal('singer:train', trainRequest('  MIRA ', verdicts)),
    await studio.refusal('singer:import', { file }),
  ]
  for (const { code, message, remedy } of refused) {
    expect([code, message]).toEqual(['name-taken', expect.stringMatching(/“mira”/i)])
    expect(remedy).toMatch(/another name|rename/i)
  }
  expect(await studio.ask('jobs:list', {})).toHaveLength(before)
  expect(await ownSingers(studio.ask('singer:list', {}))).toEqual([mira])
})

test('clips that nobody can learn from never start a training without a word, and the clip is named', async () => {
  const verdicts = await inspected(['noise.wav', 'silent.wav'])
  const refused = async (clips: readonly ClipVerdict[]) =>
    (await studio.ended(await studio.ask('singer:train', trainRequest('Nobody', clips)))).failure
  const noise = await refused(verdicts.slice(0, 1))
  expect([noise?.code, noise?.message]).toEqual(['clips-too-few', expect.stringMatching(/0\.\d s of voice/)])
  const silent = await refused(verdicts)
  expect([silent?.code, silent?.message]).toEqual(['audio-silent', expect.stringContaining('“silent.wav”')])
})
