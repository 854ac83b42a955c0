import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  loadEmotionTables,
  readEmotionTables,
  writeEmotionTables,
} from '../../../../../src/main/compute/models/emotion-tables.ts'
import { noStatistics } from '../../../../../src/shared/conversion/emotions/definition.ts'
import { FailureError } from '../../../../../src/shared/base/errors.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const table = (emotionId: string, scale: number) => ({
  ...noStatistics(emotionId),
  articulationLogRatios: new Float32Array(64).fill(scale / 8),
  breathDb: 2 * scale,
  shapeOffset: Float32Array.from({ length: 64 }, (_, band) => scale * Math.sin(band)),
  pitchOffsetOctaves: 0.25 * scale,
  pitchSpreadLogRatio: -0.5 * scale,
  energySpreadLogRatio: 0.125 * scale,
})

test('tables survive the way to disk and back', () => {
  const folder = join(temporaryFolder(), 'emotion-statistics-test-v1')
  const tables = new Map([
    ['sad', table('sad', 1)],
    ['angry', table('angry', 2)],
  ])
  writeEmotionTables(folder, tables, { network: 'statistics', licence: 'CC0' })
  expect(readEmotionTables(folder)).toEqual(tables)
})

test('the highest version of the shipped tables counts, and no tables are no failure', () => {
  const models = temporaryFolder()
  expect(loadEmotionTables(models).size).toBe(0)
  expect(loadEmotionTables(join(models, 'missing')).size).toBe(0)
  for (const version of [2, 10, 9]) {
    const tables = new Map([['sad', table('sad', version)]])
    writeEmotionTables(join(models, `emotion-statistics-emodb-v${version}`), tables, {})
  }
  expect(loadEmotionTables(models).get('sad')?.pitchOffsetOctaves).toBe(2.5)
})

test('a broken table is refused with a code', () => {
  const folder = join(temporaryFolder(), 'emotion-statistics-broken-v1')
  const tables = new Map([['sad', { ...table('sad', 1), shapeOffset: new Float32Array(63) }]])
  writeEmotionTables(folder, tables, {})
  expect(() => readEmotionTables(folder)).toThrow(FailureError)
  mkdirSync(join(folder, 'other'))
  writeFileSync(join(folder, 'other', 'model.safetensors'), 'nothing')
  expect(() => readEmotionTables(join(folder, 'other'))).toThrow(FailureError)
})
