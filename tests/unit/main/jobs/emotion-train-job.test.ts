import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createApplication, type Application } from '../../../../src/main/application.ts'
import { openLibrary } from '../../../../src/main/library/client.ts'
import { applicationPaths, type ApplicationPaths } from '../../../../src/main/paths.ts'
import type { StartWorker } from '../../../../src/main/compute/workers/worker-process.ts'
import { FailureError } from '../../../../src/shared/base/errors.ts'
import type { SourceId } from '../../../../src/shared/base/id.ts'
import type { FromWorker } from '../../../../src/shared/contract/compute.ts'
import type { EmotionTrainRequest } from '../../../../src/shared/contract/emotions.ts'
import type { Request, Response, VerbName } from '../../../../src/shared/contract/verbs.ts'
import { writeEmotionFile } from '../../../../src/shared/formats/emotion-file.ts'
import { sourceInstallation } from '../../../support/headless.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { tinyRelgan, tinyRelganCard } from '../../../support/tiny-relgan.ts'

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
  size: 'compact',
  steps: 40,
  seed: 7,
}

/** A worker that learns nothing and obeys at once. */
const started: EmotionTrainRequest[] = []
let tell: (message: FromWorker) => void = () => {}
let taskId = ''
const fork: StartWorker = (_workerPath, role) => ({
  onMessage(listener) {
    if (role === 'self-test') return queueMicrotask(() => listener({ kind: 'test-failed', reason: 'for tests' }))
    tell = listener
    queueMicrotask(() => tell({ kind: 'ready', backend: 'wasm' }))
  },
  onExit: () => {},
  kill: () => {},
  send(message) {
    if (message.kind === 'cancel') tell({ kind: 'cancelled', taskId: message.taskId })
    if (message.kind === 'pause') tell({ kind: 'paused', taskId: message.taskId })
    if (message.kind !== 'run' || message.task.kind !== 'train-emotions') return
    taskId = message.taskId
    started.push(message.task.request)
  },
})
function checked(): void {
  writeFileSync(started[started.length - 1].modelPath, writeEmotionFile(tinyRelgan(), tinyRelganCard))
  tell({ kind: 'progress', taskId, fraction: 0.5, phase: 'step 20 of 40' })
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
  tell({ kind: 'done', taskId, result: { kind: 'train-emotions', summary } })
}

let paths: ApplicationPaths
beforeEach(async () => {
  started.length = 0
  const homeFolder = temporaryFolder()
  paths = {
    ...applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: homeFolder }),
    modelsFolder: join(homeFolder, 'models'),
  }
  const nothing = () => Promise.reject(new Error('nothing is rebuilt here'))
  const options = { folder: homeFolder, describeSingerFile: nothing, describeClipFile: nothing, nowMs: Date.now }
  const library = await openLibrary(options)
  if (!library.ok) throw new FailureError(library.failure)
  for (const { clipId, fileName } of clips) {
    const clip = { id: clipId, fileName, durationSamples: 48_000, rateHz: 48_000, addedAtMs: 0, verdict: null }
    await library.value.clips.save(clip)
  }
  await library.value.close()
})

async function open(): Promise<Application> {
  const { version, libraryWorkerPath, computeWorkerPath, demoWorkerPath } = sourceInstallation
  const workers = { libraryWorkerPath, computeWorkerPath, demoWorkerPath }
  const opened = await createApplication(paths, { kind: 'headless', version, fork, ...workers })
  if (!opened.ok) throw new FailureError(opened.failure)
  onTestFinished(() => opened.value.close())
  return opened.value
}

async function ask<Name extends VerbName>(
  application: Application,
  name: Name,
  request: Request<Name>,
): Promise<Response<Name>> {
  const outcome = await application.call(name, request)
  if (!outcome.ok) throw new FailureError(outcome.failure)
  return outcome.value
}

const startedOnce = (count: number) => expect.poll(() => started.length).toBe(count)

test('a model is there from its first check on, learning; at the end its manifest names its weights', async () => {
  const application = await open()
  const { jobId, modelId } = await ask(application, 'emotion:train', wanted)
  await startedOnce(1)
  expect(started[0]).toMatchObject({ emotions: ['neutral', 'angry', 'sad'], plan: { stepCount: 40, checkSteps: 4 } })
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
  const manifest = readFileSync(join(paths.homeFolder, 'emotions', modelId, 'manifest.json'), 'utf8')
  expect(manifest).toMatch(/"sha256": "[0-9a-f]{64}"/)
})

test('a training that was paused goes on after a restart with the same request; cancelled, nothing of it stays', async () => {
  const first = await open()
  const { jobId, modelId } = await ask(first, 'emotion:train', wanted)
  await startedOnce(1)
  checked()
  await ask(first, 'jobs:pause', { jobId })
  expect((await first.jobEnded(jobId)).state).toBe('paused')
  await first.close()

  const second = await open()
  await ask(second, 'jobs:resume', { jobId })
  await startedOnce(2)
  expect(started[1]).toEqual(started[0])
  const folder = join(paths.homeFolder, 'emotions', modelId)
  expect(existsSync(folder)).toBe(true)
  await ask(second, 'jobs:cancel', { jobId })
  expect((await second.jobEnded(jobId)).state).toBe('cancelled')
  await expect.poll(() => existsSync(folder)).toBe(false)
})
