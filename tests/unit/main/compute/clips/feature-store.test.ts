import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openFeatureStore } from '../../../../../src/main/compute/clips/feature-store.ts'
import { readSafetensors, writeSafetensors } from '../../../../../src/shared/formats/safetensors.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const features = {
  lm: Float32Array.from({ length: 128 }, (_, index) => Math.sin(index)),
  f0: Float32Array.of(220.5, 0),
  harmonicsToNoise: {
    harmonicPower: Float64Array.of(0.1, 1 / 3, 1e-12, 7, 0),
    noisePower: Float64Array.of(1e-30, 0.2, 0, 1, 2),
  },
  isNarrow: true,
  peak: 0.1 + 0.2,
}

test('features come back bit for bit, and an unknown clip has none', () => {
  const store = openFeatureStore(join(temporaryFolder(), 'features'))
  expect(store.load('first')).toBeNull()
  store.save('first', features)
  expect(store.load('first')).toEqual(features)
  expect(store.load('second')).toBeNull()
})

test('an id that looks like a path stays in the folder, and a broken file counts as unknown', () => {
  const folder = join(temporaryFolder(), 'features')
  const store = openFeatureStore(folder)
  store.save('../../outside', features)
  const [name] = readdirSync(folder)
  expect(name).toMatch(/^[0-9a-f]{64}\.safetensors$/)
  writeFileSync(join(folder, name), 'cut off')
  expect(store.load('../../outside')).toBeNull()
})

test.each([
  ['text that is no JSON', { rest: 'cut' }],
  ['no powers', { rest: '{"isNarrow":true,"peak":1}' }],
  ['powers of other lengths', { rest: '{"harmonicPower":[1],"noisePower":[],"isNarrow":true,"peak":1}' }],
])('a file whose rest is %s counts as unknown', (_, metadata) => {
  const folder = join(temporaryFolder(), 'features')
  const store = openFeatureStore(folder)
  store.save('first', features)
  const path = join(folder, readdirSync(folder)[0])
  const file = readSafetensors(readFileSync(path))
  if (!file.ok) throw new Error(file.failure.message)
  writeFileSync(path, writeSafetensors({ ...file.value, metadata: { ...file.value.metadata, ...metadata } }))
  expect(store.load('first')).toBeNull()
})
