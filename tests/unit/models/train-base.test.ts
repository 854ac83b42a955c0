import { setBackend } from '@tensorflow/tfjs-core'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { findPeople, secondsOf } from '../../../models/train/base/people.ts'
import { trainBase, type BaseTraining, type HeardPerson } from '../../../models/train/base/train-base.ts'
import { prepareWasm } from '../../../src/main/compute/engines/backend-wasm.ts'
import { readBase, writeBase } from '../../../src/main/compute/models/base-store.ts'
import { createRandom } from '../../../src/shared/base/random.ts'
import { FailureError } from '../../../src/shared/base/errors.ts'
import { writeBaseFile } from '../../../src/shared/formats/base-file.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** 5 ms frames of moving bands, louder in the middle. */
function person(name: string, seed: number, frameCount = 900): HeardPerson {
  const random = createRandom(seed)
  const lm = Float32Array.from({ length: frameCount * 64 }, (_, index) => {
    const [frame, band] = [Math.floor(index / 64), index % 64]
    return Math.sin(frame / 17 + band / 5 + seed) + 3 * Math.sin((Math.PI * frame) / frameCount) + 0.2 * random.normal()
  })
  const f0 = Float32Array.from({ length: frameCount }, (_, frame) => (frame % 50 < 40 ? 150 + 20 * seed : 0))
  const harmonicsToNoise = { harmonicPower: new Float64Array(5).fill(2), noisePower: new Float64Array(5).fill(1) }
  return { name, clips: [{ lm, f0, harmonicsToNoise, isNarrow: false, peak: 0.5 }] }
}

const people = [person('one', 1), person('two', 2), person('three', 3)]
const training = (tell: BaseTraining['tell'] = () => {}): BaseTraining => ({
  size: 'tiny',
  plan: { stepCount: 6, checkSteps: 2, patience: Infinity },
  seed: 4,
  workFolder: temporaryFolder(),
  tell,
})

beforeAll(async () => {
  prepareWasm()
  await setBackend('wasm')
})

test('the recipe repeats bit for bit with the same seed, also after an interruption', async () => {
  const whole = writeBaseFile(await trainBase(people, training()))
  expect(writeBaseFile(await trainBase(people, training()))).toEqual(whole)
  expect(writeBaseFile(await trainBase(people, { ...training(), seed: 5 }))).not.toEqual(whole)

  const interrupted = training(() => {
    throw new Error('ended here')
  })
  await expect(trainBase(people, interrupted)).rejects.toThrow('ended here')
  const told: string[] = []
  const resumed = await trainBase(people, { ...interrupted, tell: (line) => void told.push(line) })
  expect(writeBaseFile(resumed)).toEqual(whole)
  expect(told).toHaveLength(2)
})

test('a base is written with a manifest that tells its digest, and a changed byte is refused', async () => {
  const folder = join(temporaryFolder(), 'spectral-autoencoder-tiny-v1')
  const sha256 = writeBase(folder, await trainBase(people, training()), { licence: 'CC0-1.0' })
  const base = readBase(folder)
  expect(base).toMatchObject({ sha256, persons: ['one', 'two', 'three'] })
  const changed = writeBaseFile({ ...base, spread: base.spread * 2 })
  writeFileSync(join(folder, 'model.safetensors'), changed)
  expect(() => readBase(folder)).toThrow(FailureError)
})

test('people are chosen by bandwidth, wholeness and length, and nobody outweighs the others', () => {
  const folder = temporaryFolder()
  const entry = (file: string, more: Record<string, unknown> = {}) => ({
    file,
    seconds: 10,
    person: file.split('-')[0],
    kind: 'sung',
    licence: 'CC0',
    source_repo: 'here',
    bandwidth_hz: 8000,
    ...more,
  })
  const entries = [
    ...Array.from({ length: 12 }, (_, index) => entry(`long-${index}`)),
    entry('fine-1'),
    entry('short-1', { seconds: 5 }),
    entry('telephone-1', { bandwidth_hz: 4000 }),
    entry('cut-1', { seconds: 12, complete: false }),
    entry('choir-1', { note: 'bleed from other singers' }),
    entry('saxophone-1', { kind: 'instrument' }),
    entry('lost-1'),
  ]
  mkdirSync(folder, { recursive: true })
  for (const { file } of entries) if (file !== 'lost-1') writeFileSync(join(folder, file), 'sound')
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(entries))
  const found = findPeople(folder, 50, [])
  expect(found.map((one) => [one.name, secondsOf(one)])).toEqual([
    ['long', 40],
    ['fine', 10],
  ])
  expect(findPeople(folder, 50, ['fine']).map(({ name }) => name)).toEqual(['long'])
  expect(findPeople(folder, 50, ['fine'], true).map(({ name }) => name)).toEqual(['long', 'cut'])
})
