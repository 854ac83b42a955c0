import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { SourceId } from '../../../../src/shared/base/id.ts'
import type { Request } from '../../../../src/shared/contract/verbs.ts'
import { writeVocoderFile } from '../../../../src/shared/formats/vocoder-file.ts'
import { ask } from '../../../support/opened-application.ts'
import { makeScriptedHome, type ScriptedHome } from '../../../support/scripted-home.ts'
import { tinyVocoder, tinyVocoderCard, tinyWavenetVocoder } from '../../../support/tiny-vocoder.ts'

const recordings = ['ann', 'ben'].map((person, index) => ({
  clipId: `${index}`.repeat(64) as SourceId, // as long as a hash
  fileName: `${person}.wav`,
  person,
}))
const wanted: Request<'vocoder:train'> = {
  name: 'Tom',
  recordings,
  network: 'source-filter',
  size: 'compact',
  steps: 40,
  licence: 'mine',
  trainedOn: 'us',
  seed: 7,
}

let home: ScriptedHome<'train-vocoder'>
beforeEach(async () => {
  home = await makeScriptedHome(
    'train-vocoder',
    recordings.map(({ clipId, fileName }) => ({ id: clipId, fileName })),
  )
})

/** A file is there from the first check on. */
function checked(): void {
  const { taskId, request } = home.last()
  writeFileSync(request.modelPath, writeVocoderFile(tinyVocoder, tinyVocoderCard))
  home.tell({ kind: 'progress', taskId, fraction: 0.5, phase: 'step 20 of 40' })
}

test('a vocoder is asked for with its plan, listed from its first check on, and exported as it is', async () => {
  const application = await home.open()
  expect(await ask(application, 'vocoder:estimateTraining', wanted)).toMatchObject({ stepCount: 40, personCount: 2 })
  const { jobId, vocoderId } = await ask(application, 'vocoder:train', wanted)
  await home.taskCountBecomes(1)
  expect(home.last().request).toMatchObject({
    name: 'Tom',
    plan: { stepCount: 40, checkSteps: 4 },
    recordings: [{ person: 'ann' }, {}],
  })
  await expect(ask(application, 'vocoder:train', wanted)).rejects.toThrow(/already a vocoder called “Tom”/)
  checked()
  expect(await ask(application, 'vocoder:list', {})).toMatchObject([{ id: vocoderId, name: 'Tom', steps: 12 }])
  const summary = {
    stepCount: 40,
    bestStep: 20,
    stoppedEarly: false,
    trainingSec: 9,
    backend: 'wasm',
    recordedSec: 60,
    personCount: 2,
    heldOutPeople: [],
    heldOutLoss: null,
  }
  home.tell({ kind: 'done', taskId: home.last().taskId, result: { kind: 'train-vocoder', summary } })
  expect(await application.jobEnded(jobId)).toMatchObject({
    state: 'done',
    outcome: { kind: 'train-vocoder', vocoderId },
  })
  const { path } = await ask(application, 'vocoder:export', { vocoderId, path: join(home.paths.homeFolder, 'out') })
  expect(new Uint8Array(readFileSync(path))).toEqual(writeVocoderFile(tinyVocoder, tinyVocoderCard))
})

test('a training that was paused goes on after a restart with the same request; cancelled, nothing of it stays', async () => {
  const first = await home.open()
  const { jobId } = await ask(first, 'vocoder:train', wanted)
  await home.taskCountBecomes(1)
  checked()
  await ask(first, 'jobs:pause', { jobId })
  expect((await first.jobEnded(jobId)).state).toBe('paused')
  await first.close()

  const second = await home.open()
  await ask(second, 'jobs:resume', { jobId })
  await home.taskCountBecomes(2)
  expect(home.taken[1].request).toEqual(home.taken[0].request)
  expect(existsSync(home.last().request.modelPath)).toBe(true)
  await ask(second, 'jobs:cancel', { jobId })
  expect((await second.jobEnded(jobId)).state).toBe('cancelled')
  await expect.poll(() => existsSync(home.last().request.modelPath)).toBe(false)
})

test('a student’s teacher, of the library or a file, is copied before it learns, so that the training outlives it', async () => {
  const application = await home.open()
  const student = { ...wanted, name: 'Quick', network: 'parallel-wavenet' as const }
  await expect(ask(application, 'vocoder:train', student)).rejects.toThrow(/none is named/)
  const path = join(home.paths.homeFolder, 'wave.vocoder')
  writeFileSync(path, writeVocoderFile(tinyWavenetVocoder, { ...tinyVocoderCard, name: 'Wave' }))
  const { id } = await ask(application, 'vocoder:import', { file: { kind: 'path', path } })
  await ask(application, 'vocoder:train', { ...student, teacher: { kind: 'vocoder', vocoderId: id } })
  await home.taskCountBecomes(1)
  await ask(application, 'vocoder:remove', { vocoderId: id })
  expect(readFileSync(home.last().request.teacherPath ?? '')).toEqual(readFileSync(path))

  writeFileSync(path, writeVocoderFile(tinyVocoder, { ...tinyVocoderCard, name: 'Pulses' }))
  const other = { ...student, name: 'Other', teacher: { kind: 'path' as const, path } }
  await expect(ask(application, 'vocoder:train', other)).rejects.toThrow(/“wave.vocoder”.*of the kind source-filter/)
})

test('recordings that are not in the library are refused before anything starts', async () => {
  const unknown = { ...recordings[0], clipId: 'f'.repeat(64) as SourceId } // as long as a hash
  const asked = { ...wanted, recordings: [...recordings, unknown] }
  await expect(ask(await home.open(), 'vocoder:train', asked)).rejects.toThrow('1 of the 3 recordings')
})

test('a vocoder comes in from a file under its own name or another, and goes out of the library again; one that learns stays', async () => {
  const application = await home.open()
  const path = join(home.paths.homeFolder, 'given.vocoder')
  writeFileSync(path, writeVocoderFile(tinyVocoder, tinyVocoderCard))
  const file = { kind: 'path' as const, path }
  const first = await ask(application, 'vocoder:import', { file })
  expect(first.name).toBe(tinyVocoderCard.name)
  await expect(ask(application, 'vocoder:import', { file })).rejects.toThrow(/already a vocoder called/)
  await ask(application, 'vocoder:import', { file, name: 'Second' })
  writeFileSync(path, 'no vocoder')
  await expect(ask(application, 'vocoder:import', { file, name: 'Broken' })).rejects.toThrow()
  await ask(application, 'vocoder:remove', { vocoderId: first.id })
  expect(await ask(application, 'vocoder:list', {})).toMatchObject([{ name: 'Second' }])

  const { vocoderId } = await ask(application, 'vocoder:train', wanted)
  await home.taskCountBecomes(1)
  checked()
  await expect(ask(application, 'vocoder:remove', { vocoderId })).rejects.toThrow('still learns')
  expect(await ask(application, 'vocoder:asked', { vocoderId })).toMatchObject({
    name: 'Tom',
    network: 'source-filter',
  })
  expect(await ask(application, 'vocoder:trainingCurve', { vocoderId })).toEqual([])
})
