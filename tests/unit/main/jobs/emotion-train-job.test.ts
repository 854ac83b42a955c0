import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { storedEmotionRequest } from '../../../../src/main/jobs/emotion-request.ts'
import type { JobContext } from '../../../../src/main/jobs/job-context.ts'
import type { JobId, SourceId } from '../../../../src/shared/base/id.ts'
import type { Request } from '../../../../src/shared/contract/verbs.ts'
import { writeEmotionFile } from '../../../../src/shared/formats/emotion-file.ts'
import { ask } from '../../../support/opened-application.ts'
import { makeScriptedHome, type ScriptedHome } from '../../../support/scripted-home.ts'
import { tinyRelgan, tinyRelganCard } from '../../../support/tiny-relgan.ts'
import { tinyTables, tinyTablesCard } from '../../../support/tiny-tables.ts'

const labels = ['neutral', 'neutral', 'angry', 'angry', 'sad', 'sad']
const clips = labels.map((emotion, index) => ({
  clipId: `${index}`.repeat(64) as SourceId, // as long as a hash
  fileName: `${emotion}${index}.wav`,
  emotion,
  person: '',
}))
const wanted: Request<'emotion:train'> = {
  name: 'Tiny',
  clips,
  licence: 'mine',
  trainedOn: 'me',
  plan: { method: 'relgan', size: 'compact', steps: 40 },
  seed: 7,
}

function checked(): void {
  const { taskId, request } = home.last()
  writeFileSync(request.modelPath, writeEmotionFile(tinyRelgan(), tinyRelganCard))
  home.tell({ kind: 'progress', taskId, fraction: 0.5, phase: 'step 20 of 40' })
}
function tablesComplete(): void {
  const { taskId, request } = home.last()
  writeFileSync(request.modelPath, writeEmotionFile(tinyTables, tinyTablesCard))
  const { emotions } = tinyTables
  const summary = { method: 'statistics' as const, trainingSec: 2, clipCount: 6, personCount: 1, emotions }
  home.tell({ kind: 'done', taskId, result: { kind: 'train-emotions', summary } })
}
function complete(): void {
  const summary = {
    stepCount: 40,
    bestStep: 20,
    stoppedEarly: false,
    trainingSec: 9,
    backend: 'wasm',
    clipCount: 6,
    personCount: 1,
    emotions: ['neutral', 'angry', 'sad'],
    heldOut: null,
  }
  home.tell({ kind: 'done', taskId: home.last().taskId, result: { kind: 'train-emotions', summary } })
}

let home: ScriptedHome<'train-emotions'>
beforeEach(async () => {
  home = await makeScriptedHome(
    'train-emotions',
    clips.map(({ clipId, fileName }) => ({ id: clipId, fileName })),
  )
})

test('a model is there from its first check on, learning; at the end its manifest names its weights', async () => {
  const application = await home.open()
  const { jobId, modelId } = await ask(application, 'emotion:train', wanted)
  await home.taskCountBecomes(1)
  expect(home.taken[0].request).toMatchObject({
    emotions: ['neutral', 'angry', 'sad'],
    plan: { stepCount: 40, checkSteps: 4 },
  })
  expect(await ask(application, 'emotion:list', {})).toEqual([])
  await expect(ask(application, 'emotion:train', wanted)).rejects.toThrow(/already an emotion model called “Tiny”/)
  checked()
  expect(await ask(application, 'emotion:list', {})).toMatchObject([{ id: modelId, name: 'Tiny', isLearning: true }])
  await expect(ask(application, 'emotion:remove', { modelId })).rejects.toThrow(/still learns/)
  complete()
  expect(await application.jobEnded(jobId)).toMatchObject({
    state: 'done',
    outcome: { kind: 'train-emotions', modelId },
  })
  expect(await ask(application, 'emotion:list', {})).toMatchObject([{ isLearning: false }])
  const manifest = readFileSync(join(home.paths.homeFolder, 'emotions', modelId, 'manifest.json'), 'utf8')
  expect(manifest).toMatch(/"sha256": "[0-9a-f]{64}"/)
})

test('a training that was paused goes on after a restart with the same request; cancelled, nothing of it stays', async () => {
  const first = await home.open()
  const { jobId, modelId } = await ask(first, 'emotion:train', wanted)
  await home.taskCountBecomes(1)
  checked()
  await ask(first, 'jobs:pause', { jobId })
  expect((await first.jobEnded(jobId)).state).toBe('paused')
  await first.close()

  const second = await home.open()
  await ask(second, 'jobs:resume', { jobId })
  await home.taskCountBecomes(2)
  expect(home.taken[1].request).toEqual(home.taken[0].request)
  const folder = join(home.paths.homeFolder, 'emotions', modelId)
  expect(existsSync(folder)).toBe(true)
  await ask(second, 'jobs:cancel', { jobId })
  expect((await second.jobEnded(jobId)).state).toBe('cancelled')
  await expect.poll(() => existsSync(folder)).toBe(false)
})

test('tables are learned beside a network that takes hours, and stand in the library with it', async () => {
  const application = await home.open()
  await ask(application, 'emotion:train', wanted)
  await home.taskCountBecomes(1)
  const tables = { ...wanted, name: 'Tables', plan: { method: 'statistics' } } as const
  const { jobId, modelId } = await ask(application, 'emotion:train', tables)
  await home.taskCountBecomes(2)
  expect(home.last().request).toMatchObject({
    method: 'statistics',
    emotions: ['neutral', 'angry', 'sad'],
    name: 'Tables',
  })
  tablesComplete()
  expect(await application.jobEnded(jobId)).toMatchObject({
    state: 'done',
    outcome: { kind: 'train-emotions', modelId, summary: { method: 'statistics' } },
  })
  expect(await ask(application, 'emotion:list', {})).toMatchObject([
    { id: modelId, method: 'statistics', emotions: ['angry', 'sad'], steps: 0, heldOut: null, isLearning: false },
  ])
  const manifest = readFileSync(join(home.paths.homeFolder, 'emotions', modelId, 'manifest.json'), 'utf8')
  expect(JSON.parse(manifest)).toMatchObject({ translator: 'statistics', emotions: ['angry', 'sad'] })
  const noNeutral = { ...tables, name: 'None', clips: clips.slice(2) }
  await expect(ask(application, 'emotion:train', noNeutral)).rejects.toThrow(/learned from neutral clips/)
})

test('what an older version asked of a network is still understood', async () => {
  const { plan, ...asked } = wanted
  const older = { ...asked, modelId: 'm', emotions: ['neutral', 'angry', 'sad'], createdAtMs: 1, edgeHz: 7600 }
  const record = { request: { ...older, size: 'compact', steps: 40 } }
  const context = { library: { jobs: { find: () => Promise.resolve(record) } } } as unknown as JobContext // all that is read of it
  expect((await storedEmotionRequest('j' as JobId, context)).plan).toEqual({ ...plan, edgeHz: 7600 })
})
