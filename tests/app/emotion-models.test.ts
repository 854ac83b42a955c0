import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmotionModel } from '../../src/main/compute/emotions/translators.ts'
import { ownEmotionModel } from '../../src/main/jobs/emotion-files.ts'
import type { EmotionModelId, SourceId } from '../../src/shared/base/id.ts'
import { writeEmotionFile } from '../../src/shared/formats/emotion-file.ts'
import { openStudio, type Studio } from '../support/studio.ts'
import { makeTemporaryFolder, removeFolder } from '../support/temporary-folder.ts'
import { tinyRelgan, tinyRelganCard } from '../support/tiny-relgan.ts'
import { tinyTables, tinyTablesCard } from '../support/tiny-tables.ts'

const folder = makeTemporaryFolder()
const path = (name: string) => join(folder, name)
let studio: Studio

beforeAll(async () => {
  studio = await openStudio(path('home'))
})
afterAll(async () => {
  await studio?.close()
  removeFolder(folder)
})

test('a model that comes in can be told, sung with, given away and forgotten', async () => {
  writeFileSync(path('tiny.emotion'), writeEmotionFile(tinyRelgan(), tinyRelganCard))
  const file = { kind: 'path' as const, path: path('tiny.emotion') }
  const model = await studio.ask('emotion:import', { file })
  expect(model).toMatchObject({ name: 'Tiny', emotions: ['neutral', 'angry', 'happy'], isLearning: false })
  expect(await studio.ask('emotion:list', {})).toEqual([model])
  await expect(studio.ask('emotion:import', { file })).rejects.toThrow(/already an emotion model called “Tiny”/)

  const home = { homeFolder: path('home') }
  const happy = { emotion: { emotionId: `${model.id}/happy`, intensity: 1 } }
  const own = await ownEmotionModel(happy, home)
  expect(own?.digest).toMatch(/^[0-9a-f]{64}$/)
  expect(readdirSync(own?.folder ?? '').sort()).toEqual(['manifest.json', 'model.safetensors'])
  expect(await ownEmotionModel({ emotion: { emotionId: 'happy', intensity: 1 } }, home)).toBeNull()

  const given = await studio.ask('emotion:export', { modelId: model.id, path: path('given') })
  expect(given.path).toBe(path('given.emotion'))
  expect(readFileSync(given.path).equals(readFileSync(path('tiny.emotion')))).toBe(true)

  await studio.ask('emotion:remove', { modelId: model.id })
  expect(await studio.ask('emotion:list', {})).toEqual([])
  await expect(ownEmotionModel(happy, home)).rejects.toThrow(/is not in the library/)
})

test('tables that come in are a model like any other', async () => {
  writeFileSync(path('tables.emotion'), writeEmotionFile(tinyTables, tinyTablesCard))
  const model = await studio.ask('emotion:import', { file: { kind: 'path', path: path('tables.emotion') } })
  expect(model).toMatchObject({ name: 'Tables', method: 'statistics', emotions: ['angry', 'sad'], heldOut: null })
  const own = await ownEmotionModel(
    { emotion: { emotionId: `${model.id}/sad`, intensity: 1 } },
    { homeFolder: path('home') },
  )
  expect(own?.digest).toMatch(/^[0-9a-f]{64}$/)
  expect(openEmotionModel(own?.folder ?? '').emotionIds).toEqual(['angry', 'sad'])
  const given = await studio.ask('emotion:export', { modelId: model.id, path: path('tables-given') })
  expect(readFileSync(given.path).equals(readFileSync(path('tables.emotion')))).toBe(true)
  await studio.ask('emotion:remove', { modelId: model.id })
})

test('a file that is no model is refused and leaves nothing', async () => {
  const bytes = writeEmotionFile(tinyRelgan(), tinyRelganCard)
  bytes[bytes.length - 5] ^= 1
  writeFileSync(path('bent.emotion'), bytes)
  const file = { kind: 'path' as const, path: path('bent.emotion') }
  await expect(studio.ask('emotion:import', { file })).rejects.toThrow(/digest/)
  const kept = path('home/emotions')
  expect(existsSync(kept) ? readdirSync(kept) : []).toEqual([])
})

test('labels that nothing can be learned from are refused before anything is queued', async () => {
  const clipsOf = (emotions: readonly string[]) =>
    emotions.map((emotion, index) => ({
      clipId: `${index}`.repeat(64) as SourceId, // as long as a hash
      fileName: `${emotion}${index}.wav`,
      emotion,
      person: '',
    }))
  const request = (emotions: readonly string[]) => ({
    name: 'Moods',
    clips: clipsOf(emotions),
    licence: 'mine',
    trainedOn: 'me',
    plan: { method: 'relgan' as const, size: 'compact' as const },
    seed: 1,
  })
  const asked = (emotions: readonly string[]) => studio.ask('emotion:train', request(emotions))
  await expect(asked(['sad', 'sad', 'angry', 'angry'])).rejects.toThrow(/at least 3 emotions/)
  await expect(asked(['sad', 'sad', 'angry', 'angry', 'happy'])).rejects.toThrow(/“happy” has only “happy4.wav”/)
  await expect(asked(['sad', 'sad', 'angry', 'angry', 'happy', 'happy'])).rejects.toThrow(/6 of the 6 clips are not/)
  await expect(
    studio.ask('emotion:remove', { modelId: 'nobody' as EmotionModelId }), // any letters will do for an id
  ).rejects.toThrow(/no emotion model/)
  expect(await studio.ask('jobs:list', {})).toEqual([])
})
