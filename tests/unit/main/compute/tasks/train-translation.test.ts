import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../../../../src/main/compute/engines/engine-wasm.ts'
import { openEngine } from '../../../../../src/main/compute/engines/backend.ts'
import { trainTranslation } from '../../../../../src/main/compute/tasks/train-translation.ts'
import type { DomainId, SourceId } from '../../../../../src/shared/base/id.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import type { DomainTrainRequest } from '../../../../../src/shared/contract/domains.ts'
import { readDomainFile, type DomainFile } from '../../../../../src/shared/formats/domain-file.ts'
import { drawMelody, instruments, play } from '../../../../support/instruments.ts'
import { writeVoice } from '../../../../support/sung-voice.ts'
import { contextOfTask, interruptedTask, Killed } from '../../../../support/task-context.ts'
import { makeTemporaryFolder, removeFolder } from '../../../../support/temporary-folder.ts'

const home = makeTemporaryFolder()
afterAll(() => removeFolder(home))

beforeAll(() => openEngine(wasmEngine, { enginesFolder: null, hasWindows: false }))

const RATE_HZ = 16_000
const names = ['flute', 'fiddle'] as const
const recordings = names.map((name, index) => {
  const random = createRandom(index)
  const { samples } = play(instruments[name], drawMelody(random, 5.2), RATE_HZ, random)
  const path = writeVoice(join(home, `${name}.wav`), [samples], RATE_HZ)
  return { clipId: `${index}`.repeat(64) as SourceId, fileName: `${name}.wav`, path } // as long as a hash
})

const requestOf = (run: string): DomainTrainRequest => ({
  domains: names.map((name, index) => ({
    domainId: `${name}1` as unknown as DomainId, // only the brand is added
    name,
    recordings: [recordings[index]],
    modelPath: join(home, run, `${name}.domain`),
  })),
  size: 'tiny',
  steps: 2,
  licence: 'CC0-1.0',
  learnedFrom: 'made instruments',
  software: 'Understudy',
  createdAtMs: 7,
  seed: 2,
  workFolder: join(home, run, 'work'),
})
/** What was heard of the recordings is taken over from the first run. */
const againAs = (run: string) => {
  cpSync(join(home, 'peaceful', 'work', 'features'), join(home, run, 'work', 'features'), { recursive: true })
  return requestOf(run)
}
const bytesOf = (run: string, name = 'flute') => readFileSync(join(home, run, `${name}.domain`))
function domainOf(run: string, name: string): DomainFile {
  const file = readDomainFile(bytesOf(run, name))
  if (!file.ok) throw new Error(file.failure.message)
  return file.value
}
/** Pauses before the first step: one for each recording. */
const READING = 2

test('two domains are learned below one encoder, and each gets a whole file of its own', async () => {
  const end = await trainTranslation(requestOf('peaceful'), contextOfTask())
  if (end.kind !== 'done' || end.result.kind !== 'train-translation') return expect.unreachable('it learned to the end')
  expect(end.result.summary).toMatchObject({ stepCount: 2, backend: 'wasm', domains: [{ name: 'flute' }, {}] })
  expect(end.result.summary.heldOutLoss).toBeGreaterThan(0)
  const [flute, fiddle] = names.map((name) => domainOf('peaceful', name))
  expect(flute.card).toMatchObject({ name: 'flute', beside: ['fiddle'], recordedSec: 5, licence: 'CC0-1.0' })
  const valuesOf = ({ model }: DomainFile, name: string) => model.parameters.get(name)?.values
  expect(valuesOf(flute, 'encoder/in/weight')).toEqual(valuesOf(fiddle, 'encoder/in/weight'))
  expect(valuesOf(flute, 'decoder/in/weight')).not.toEqual(valuesOf(fiddle, 'decoder/in/weight'))
})

test('killed between two steps, and paused before the first of the next start, it ends with the same bytes', async () => {
  const request = againAs('killed')
  await expect(trainTranslation(request, interruptedTask({ killAt: READING + 2 }))).rejects.toThrow(Killed)
  expect(await trainTranslation(request, interruptedTask({ wish: 'pause', wishAt: READING + 1 }))).toEqual({
    kind: 'paused',
  })
  await trainTranslation(request, contextOfTask())
  expect(bytesOf('killed')).toEqual(bytesOf('peaceful'))
})

test('one domain more leaves the encoder that it is learned below as it is', async () => {
  const { domains, ...request } = againAs('beside')
  await trainTranslation(
    { ...request, domains: [{ ...domains[1], name: 'viola' }], besidePath: join(home, 'peaceful', 'flute.domain') },
    contextOfTask(),
  )
  const [flute, viola] = [domainOf('peaceful', 'flute'), domainOf('beside', 'fiddle')]
  expect(viola.card).toMatchObject({ name: 'viola', beside: ['flute'] })
  for (const [name, { values }] of flute.model.parameters) {
    const own = viola.model.parameters.get(name)?.values
    if (name.startsWith('encoder/')) expect(own, name).toEqual(values)
    if (name === 'decoder/logits/weight') expect(own).not.toEqual(values)
  }
})

test('recordings that are too short are refused by the name of their domain', async () => {
  const { domains, ...request } = requestOf('short')
  const path = writeVoice(join(home, 'short.wav'), [new Float32Array(RATE_HZ).fill(0.1)], RATE_HZ)
  const short = { ...recordings[1], clipId: '9'.repeat(64) as SourceId, path } // as long as a hash
  const asked = { ...request, domains: [{ ...domains[0], name: 'Horn', recordings: [short] }] }
  await expect(trainTranslation(asked, contextOfTask())).rejects.toThrow('The recordings of Horn last 1.0 s')
})
