import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { domainNeeds } from '../../../../src/main/compute/training/translation/domain-needs.ts'
import type { SourceId } from '../../../../src/shared/base/id.ts'
import type { Request } from '../../../../src/shared/contract/verbs.ts'
import { writeDomainFile } from '../../../../src/shared/formats/domain-file.ts'
import { ask } from '../../../support/opened-application.ts'
import { makeScriptedHome, type ScriptedHome } from '../../../support/scripted-home.ts'
import { tinyDomain } from '../../../support/tiny-domain.ts'

const recordings = ['flute', 'fiddle'].map((name, index) => {
  return { clipId: `${index}`.repeat(64) as SourceId, fileName: `${name}.wav` } // as long as a hash
})
const wanted: Request<'domain:train'> = {
  domains: [
    { name: 'Flute', recordings: [recordings[0]] },
    { name: 'Fiddle', recordings: [recordings[1]] },
  ],
  size: 'preview',
  steps: 40,
  licence: 'mine',
  learnedFrom: 'us',
  seed: 7,
}

let home: ScriptedHome<'train-translation'>
beforeEach(async () => {
  home = await makeScriptedHome(
    'train-translation',
    recordings.map(({ clipId, fileName }) => ({ id: clipId, fileName })),
  )
})

/** Files are there from the first check on. */
function checked(): void {
  const { taskId, request } = home.last()
  for (const { name, modelPath } of request.domains) writeFileSync(modelPath, writeDomainFile(tinyDomain(name)))
  home.tell({ kind: 'progress', taskId, fraction: 0.5, phase: 'step 20 of 40' })
}

test('domains are asked for together, listed from their first check on, exported, and taken in again', async () => {
  const application = await home.open()
  expect(await ask(application, 'domain:estimateTraining', wanted)).toMatchObject({ stepCount: 40 })
  const { jobId, domainIds } = await ask(application, 'domain:train', wanted)
  await home.taskCountBecomes(1)
  expect(home.last().request).toMatchObject({ size: 'preview', steps: 40, domains: [{ name: 'Flute' }, {}] })
  await expect(ask(application, 'domain:train', wanted)).rejects.toThrow(/already a domain called “Flute”/)
  checked()
  expect(await ask(application, 'domain:list', {})).toMatchObject([{ name: 'Fiddle' }, { name: 'Flute', steps: 40 }])
  const domains = wanted.domains.map(({ name }) => ({ name, recordedSec: 60 }))
  const summary = { stepCount: 40, bestStep: 20, trainingSec: 9, backend: 'wasm', domains, heldOutLoss: null }
  home.tell({ kind: 'done', taskId: home.last().taskId, result: { kind: 'train-translation', summary } })
  expect(await application.jobEnded(jobId)).toMatchObject({
    state: 'done',
    outcome: { kind: 'train-translation', domainIds },
  })
  const out = join(home.paths.homeFolder, 'out')
  const { path } = await ask(application, 'domain:export', { domainId: domainIds[0], path: out })
  expect(new Uint8Array(readFileSync(path))).toEqual(writeDomainFile(tinyDomain('Flute')))
  await expect(ask(application, 'domain:import', { file: { kind: 'path', path } })).rejects.toThrow(
    'already a domain called “Flute”',
  )
  expect(await ask(application, 'domain:import', { file: { kind: 'path', path }, name: 'Traverso' })).toMatchObject({
    name: 'Traverso',
  })
  expect((await ask(application, 'domain:list', {})).map(({ name }) => name)).toEqual(['Fiddle', 'Flute', 'Traverso'])
  writeFileSync(path, readFileSync(path).subarray(0, 900))
  await expect(ask(application, 'domain:import', { file: { kind: 'path', path }, name: 'Broken' })).rejects.toThrow()
})

test('a training that was paused goes on after a restart with the same request; cancelled, nothing of it stays', async () => {
  const first = await home.open()
  const { jobId } = await ask(first, 'domain:train', wanted)
  await home.taskCountBecomes(1)
  checked()
  await ask(first, 'jobs:pause', { jobId })
  expect((await first.jobEnded(jobId)).state).toBe('paused')
  await first.close()

  const second = await home.open()
  await ask(second, 'jobs:resume', { jobId })
  await home.taskCountBecomes(2)
  expect(home.taken[1].request).toEqual(home.taken[0].request)
  const { domains } = home.last().request
  await ask(second, 'jobs:cancel', { jobId })
  expect((await second.jobEnded(jobId)).state).toBe('cancelled')
  await expect.poll(() => domains.some(({ modelPath }) => existsSync(modelPath))).toBe(false)
})

test('recordings that are missing, two of one name, and several beside one encoder are refused before anything starts', async () => {
  const application = await home.open()
  const [flute, fiddle] = wanted.domains
  const unknown = { ...recordings[0], clipId: 'f'.repeat(64) as SourceId } // as long as a hash
  const missing = { ...wanted, domains: [flute, { ...fiddle, recordings: [unknown] }] }
  await expect(ask(application, 'domain:train', missing)).rejects.toThrow('1 of the 2 recordings')
  const twins = { ...wanted, domains: [flute, { ...fiddle, name: 'flute ' }] }
  await expect(ask(application, 'domain:train', twins)).rejects.toThrow('already a domain')
  const path = join(home.paths.homeFolder, 'horn.domain')
  writeFileSync(path, writeDomainFile(tinyDomain('Horn')))
  const { id } = await ask(application, 'domain:import', { file: { kind: 'path', path } })
  await expect(ask(application, 'domain:train', { ...wanted, besideId: id })).rejects.toThrow('One domain at a time')
})

test('more steps, domains and recordings take more of everything; an engine that nobody measured promises no time', () => {
  const facts = { size: 'preview' as const, domainsSec: [60, 60], gflopPerSec: 40, analysisFactor: 10 }
  const usual = domainNeeds(facts)
  const more = domainNeeds({ ...facts, steps: 2 * usual.stepCount, domainsSec: [90, 90, 90] })
  expect(more.sec?.lowSec).toBeGreaterThan(2 * (usual.sec?.lowSec ?? Infinity))
  expect(more.diskBytes).toBeGreaterThan(usual.diskBytes)
  expect(more.memoryBytes).toBeGreaterThan(usual.memoryBytes)
  expect(domainNeeds({ ...facts, gflopPerSec: null }).sec).toBeNull()
})
