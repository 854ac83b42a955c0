import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Application } from '../../../../src/main/application.ts'
import { applicationPaths, type ApplicationPaths } from '../../../../src/main/paths.ts'
import { singerPath, trainingFolder } from '../../../../src/main/jobs/singer-files.ts'
import type { JobId, SourceId } from '../../../../src/shared/base/id.ts'
import type { Request } from '../../../../src/shared/contract/verbs.ts'
import { ask, openApplication, sourceInstallation } from '../../../support/opened-application.ts'
import { putClips } from '../../../support/plain-library.ts'
import { createScriptedTrainer, type ScriptedTrainer } from '../../../support/scripted-trainer.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const clipId = 'c'.repeat(64) as SourceId
const otherClipId = 'd'.repeat(64) as SourceId
const wanted: Request<'singer:train'> = {
  name: 'Mira',
  hueIndex: 3,
  consent: 'I am Mira',
  clipIds: [clipId],
  preset: 'quick',
  seed: 7,
}

let paths: ApplicationPaths
let trainer: ScriptedTrainer
beforeEach(async () => {
  const homeFolder = temporaryFolder()
  // No singers come with this copy.
  const modelsFolder = join(homeFolder, 'models')
  paths = { ...applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: homeFolder }), modelsFolder }
  trainer = createScriptedTrainer()
  await putClips(homeFolder, [
    { id: clipId, fileName: 'a.wav' },
    { id: otherClipId, fileName: 'a.wav' },
  ])
})

async function open(): Promise<Application> {
  const application = await openApplication(paths, trainer.fork)
  onTestFinished(() => application.close())
  return application
}

const started = (count: number) => expect.poll(() => trainer.taken.length).toBe(count)
const jobOf = async (application: Application, jobId: JobId) =>
  (await ask(application, 'jobs:list', {})).find((job) => job.id === jobId)

test('a singer can sing from the first checkpoint on, with how far it has learned', async () => {
  const application = await open()
  const { jobId, singerId } = await ask(application, 'singer:train', wanted)
  await started(1)
  expect(await ask(application, 'singer:list', {})).toEqual([])
  trainer.checkpoint(100, 0.4)
  await expect
    .poll(() => ask(application, 'singer:list', {}))
    .toMatchObject([{ id: singerId, name: 'Mira', hueIndex: 3, origin: 'trained', learnedFraction: 0.4 }])
  trainer.complete()
  expect(await application.jobEnded(jobId)).toMatchObject({ state: 'done', outcome: { singerId } })
  expect(await ask(application, 'singer:list', {})).toMatchObject([{ learnedFraction: 1 }])
})

test('a training that was paused goes on after a restart, with the same request in the same folder', async () => {
  const first = await open()
  const { jobId, singerId } = await ask(first, 'singer:train', wanted)
  await started(1)
  trainer.checkpoint(100, 0.4)
  await ask(first, 'jobs:pause', { jobId })
  expect((await first.jobEnded(jobId)).state).toBe('paused')
  await first.close()

  const second = await open()
  expect(await jobOf(second, jobId)).toMatchObject({ state: 'paused', fraction: 0.4 })
  await ask(second, 'jobs:resume', { jobId })
  await started(2)
  expect(trainer.taken[1].request).toEqual(trainer.taken[0].request)
  trainer.complete()
  expect(await second.jobEnded(jobId)).toMatchObject({ state: 'done', outcome: { singerId } })
})

test('closing the program pauses a training', async () => {
  const first = await open()
  const { jobId } = await ask(first, 'singer:train', wanted)
  await started(1)
  await first.close()
  expect(await jobOf(await open(), jobId)).toMatchObject({ state: 'paused' })
})

test('finishing early keeps the best checkpoint', async () => {
  const application = await open()
  const { jobId } = await ask(application, 'singer:train', wanted)
  await started(1)
  trainer.checkpoint(100, 0.4)
  await ask(application, 'jobs:finish', { jobId })
  expect((await application.jobEnded(jobId)).state).toBe('done')
  expect(await ask(application, 'singer:list', {})).toHaveLength(1)
})

test('a training that rests after a restart is stopped and kept without learning on', async () => {
  const first = await open()
  const { jobId } = await ask(first, 'singer:train', wanted)
  await started(1)
  trainer.checkpoint(100, 0.4)
  await expect.poll(() => ask(first, 'singer:list', {})).toHaveLength(1)
  await first.close()
  const second = await open()
  await ask(second, 'jobs:finish', { jobId })
  await started(2)
  // Only once its worker has begun there is something to finish.
  trainer.checkpoint(100, 0.4)
  expect((await second.jobEnded(jobId)).state).toBe('done')
  expect(await ask(second, 'singer:list', {})).toMatchObject([{ learnedFraction: 1 }])
})

test('discarding a training leaves nothing of the singer, whether it runs or rests', async () => {
  const application = await open()
  const running = await ask(application, 'singer:train', wanted)
  await started(1)
  trainer.checkpoint(100, 0.4)
  await expect.poll(() => ask(application, 'singer:list', {})).toHaveLength(1)
  await ask(application, 'jobs:cancel', { jobId: running.jobId })
  await expect.poll(() => ask(application, 'singer:list', {})).toEqual([])

  const resting = await ask(application, 'singer:train', wanted)
  await started(2)
  trainer.checkpoint(100, 0.4)
  await ask(application, 'jobs:pause', { jobId: resting.jobId })
  await application.jobEnded(resting.jobId)
  await ask(application, 'jobs:cancel', { jobId: resting.jobId })
  expect(await ask(application, 'singer:list', {})).toEqual([])
  for (const { singerId } of [running, resting]) {
    expect(existsSync(singerPath(singerId, paths))).toBe(false)
    expect(existsSync(trainingFolder(singerId, paths))).toBe(false)
  }
})

test('a name is taken as soon as somebody learns under it', async () => {
  const application = await open()
  await ask(application, 'singer:train', wanted)
  const again = await application.call('singer:train', { ...wanted, name: 'MIRA' })
  expect(again).toMatchObject({ ok: false, failure: { code: 'name-taken' } })
})

test('a singer that still learns is not removed under the training', async () => {
  const application = await open()
  const { singerId } = await ask(application, 'singer:train', wanted)
  await started(1)
  trainer.checkpoint(100, 0.4)
  await expect.poll(() => ask(application, 'singer:list', {})).toHaveLength(1)
  expect(await application.call('singer:remove', { singerId })).toMatchObject({ ok: false })
})

const together = {
  ...wanted,
  method: 'joint',
  beside: [{ name: 'Tom', hueIndex: 4, consent: 'I am Tom', clipIds: [otherClipId] }],
} satisfies Request<'singer:train'>

test('singers of one training can sing from its first checkpoint, each with a file of their own', async () => {
  const application = await open()
  const { jobId, singerId, besideIds } = await ask(application, 'singer:train', together)
  await started(1)
  expect(trainer.taken[0].request).toMatchObject({ name: 'Mira', method: 'joint', beside: [{ name: 'Tom' }] })
  expect(await jobOf(application, jobId)).toMatchObject({
    title: 'Training Mira and Tom',
    subject: { singerId, besideIds },
  })
  trainer.checkpoint(100, 0.4)
  const singers = () => ask(application, 'singer:list', {})
  await expect.poll(async () => (await singers()).map(({ name }) => name).sort()).toEqual(['Mira', 'Tom'])
  trainer.complete()
  expect((await application.jobEnded(jobId)).state).toBe('done')
  expect((await singers()).map(({ learnedFraction }) => learnedFraction)).toEqual([1, 1])
  expect(existsSync(singerPath(besideIds[0], paths))).toBe(true)
})

test('a training of several goes on after a restart with all of them, and discarding it forgets all of them', async () => {
  const first = await open()
  const published = { confusionWeight: 0.1, backTranslationShare: 0.5, reversedShare: 0 }
  const { jobId, singerId, besideIds } = await ask(first, 'singer:train', { ...together, published })
  await started(1)
  trainer.checkpoint(100, 0.4)
  await expect.poll(() => ask(first, 'singer:list', {})).toHaveLength(2)
  await first.close()
  const second = await open()
  // Whoever is learned beside the first is no less taken, and no less at work.
  expect(await second.call('singer:train', { ...wanted, name: 'tom' })).toMatchObject({
    ok: false,
    failure: { code: 'name-taken' },
  })
  expect(await second.call('singer:remove', { singerId: besideIds[0] })).toMatchObject({ ok: false })
  await ask(second, 'jobs:resume', { jobId })
  await started(2)
  expect(trainer.taken[1].request).toEqual(trainer.taken[0].request)
  expect(trainer.taken[1].request).toMatchObject({ published })
  await ask(second, 'jobs:pause', { jobId })
  await second.jobEnded(jobId)
  await ask(second, 'jobs:cancel', { jobId })
  expect(await ask(second, 'singer:list', {})).toEqual([])
  for (const id of [singerId, ...besideIds]) {
    expect(existsSync(singerPath(id, paths))).toBe(false)
    expect(existsSync(trainingFolder(id, paths))).toBe(false)
  }
})

test('what is wrong with one of several is told by its name, before anything starts', async () => {
  const application = await open()
  const refusal = async (change: Partial<Request<'singer:train'>>) => {
    const outcome = await application.call('singer:train', { ...together, ...change })
    return outcome.ok ? null : outcome.failure.message
  }
  const beside = (change: object) => ({ beside: [{ ...together.beside[0], ...change }] })
  expect(await refusal(beside({ clipIds: ['e'.repeat(64)] }))).toContain('1 of the 1 clips for “Tom”')
  expect(await refusal(beside({ clipIds: [clipId] }))).toMatch(/same clip.*“Mira”.*“Tom”/)
  expect(await refusal(beside({ name: 'MIRA' }))).toContain('“MIRA”')
  expect(await refusal({ method: 'enroll' })).toContain('jointly')
  const published = { confusionWeight: 0.1, backTranslationShare: 0, reversedShare: 0 }
  expect(await refusal({ method: 'automatic', published })).toContain('published')
  const { beside: _, ...alone } = together
  const outcome = await application.call('singer:train', alone)
  expect(outcome.ok ? null : outcome.failure.message).toContain('“Mira” is alone')
  expect(trainer.taken).toEqual([])
  expect(await ask(application, 'jobs:list', {})).toEqual([])
})
