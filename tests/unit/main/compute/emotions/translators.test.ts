import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { EmotionRequest } from '../../../../../src/main/compute/emotions/emotion-model.ts'
import {
  emotionTranslators,
  openEmotionModel,
  prepareEmotion,
  shippedEmotionModel,
} from '../../../../../src/main/compute/emotions/translators.ts'
import { noStatistics } from '../../../../../src/shared/conversion/emotions/definition.ts'
import { writeEmotionTables } from '../../../../../src/main/compute/models/emotion-tables.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const sad = { ...noStatistics('sad'), pitchOffsetOctaves: -0.25 }
// Tables read nothing of what is asked beside the emotion's name.
const asked = { intensity: 1 } as EmotionRequest

function writeModel(models: string, name: string, manifest: Readonly<Record<string, unknown>>): string {
  const folder = join(models, name)
  writeEmotionTables(folder, new Map([['sad', sad]]), manifest)
  return folder
}

test('a model is opened by the translator that its manifest names, and moves the voice', async () => {
  const folder = writeModel(temporaryFolder(), 'emotion-statistics-test-v1', { translator: 'statistics' })
  const model = openEmotionModel(folder)
  expect(model.emotionIds).toEqual(['sad'])
  const emotion = await prepareEmotion(model, 'sad', asked)
  const pitch = emotion.pitch(new Float64Array(40).fill(200), { intensity: 1, isSung: false })
  expect(pitch?.[20]).toBeCloseTo(0.7 * -0.25, 6)
})

test('an emotion that the model does not know is refused, and the ones that it knows are told', async () => {
  const folder = writeModel(temporaryFolder(), 'emotion-statistics-test-v1', { translator: 'statistics' })
  await expect(prepareEmotion(openEmotionModel(folder), 'bored', asked)).rejects.toMatchObject({
    failure: { code: 'not-found', message: expect.stringMatching(/“bored”.*knows sad/) },
  })
  await expect(prepareEmotion(null, 'sad', asked)).rejects.toMatchObject({ failure: { code: 'not-found' } })
})

test('a translator that this program does not have, and a manifest that names none, are refused with a code', () => {
  const models = temporaryFolder()
  const invalid = { failure: expect.objectContaining({ code: 'checkpoint-invalid' }) }
  const foreign = writeModel(models, 'emotion-oracle-test-v1', { translator: 'oracle' })
  expect(() => openEmotionModel(foreign)).toThrow(expect.objectContaining(invalid))
  expect(() => openEmotionModel(foreign)).toThrow(/“oracle”.*“statistics”/)
  const silent = writeModel(models, 'emotion-silent-test-v1', {})
  expect(() => openEmotionModel(silent)).toThrow(expect.objectContaining(invalid))
  const torn = join(models, 'emotion-torn-test-v1')
  mkdirSync(torn)
  writeFileSync(join(torn, 'manifest.json'), '{"translator":')
  expect(() => openEmotionModel(torn)).toThrow(expect.objectContaining(invalid))
})

test('of the shipped models the latest of the first translator counts, and none is no failure', () => {
  const models = temporaryFolder()
  expect(shippedEmotionModel(models)).toBeNull()
  const [first] = emotionTranslators
  expect(first.id).toBe('statistics')
  writeModel(models, 'emotion-statistics-a-v2', { translator: 'oracle' })
  writeModel(models, 'emotion-statistics-a-v10', { translator: 'statistics' })
  expect(shippedEmotionModel(models)?.emotionIds).toEqual(['sad'])
})
