import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wasmEngine } from '../../../../../src/main/compute/engines/engine-wasm.ts'
import { openEngine } from '../../../../../src/main/compute/engines/backend.ts'
import { trainVocoder } from '../../../../../src/main/compute/tasks/train-vocoder.ts'
import { checkpointShelf } from '../../../../../src/main/compute/training/checkpoint-shelf.ts'
import { readTeacher } from '../../../../../src/main/compute/training/vocoder/vocoder-teacher.ts'
import { FailureError } from '../../../../../src/shared/base/errors.ts'
import type { VocoderNetwork, VocoderTrainRequest } from '../../../../../src/shared/contract/vocoders.ts'
import { readVocoderFile, writeVocoderFile, type VocoderCard } from '../../../../../src/shared/formats/vocoder-file.ts'
import { vocoderPlans } from '../../../../../src/shared/training/vocoder/plans.ts'
import type { VocoderModel } from '../../../../../src/shared/vocoder/vocoder-model.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../../../support/sung-voice.ts'
import { contextOfTask, interruptedTask, Killed } from '../../../../support/task-context.ts'
import { tinyFlowVocoder, tinyVocoderCard, tinyWavenetVocoder } from '../../../../support/tiny-vocoder.ts'
import { makeTemporaryFolder, removeFolder } from '../../../../support/temporary-folder.ts'

const home = makeTemporaryFolder()
afterAll(() => removeFolder(home))

beforeAll(() => openEngine(wasmEngine, { enginesFolder: null, hasWindows: false }))

/** Four people of six tenths of a second each, cut out of two voices. */
const recordings = (['low', 'high'] as const).flatMap((voice) =>
  [0, 1].map((part) => {
    const person = `${voice}${part}`
    const sound = sungVoice(voice).slice(part * VOICE_RATE_HZ, (part + 0.6) * VOICE_RATE_HZ)
    const path = writeVoice(join(home, `${person}.wav`), [sound])
    return { recordingId: person, fileName: `${person}.wav`, path, person }
  }),
)

const requestOf = (run: string): VocoderTrainRequest => ({
  recordings,
  name: 'Four',
  licence: 'CC0-1.0',
  trainedOn: 'made voices',
  software: 'Understudy',
  createdAtMs: 7,
  network: 'source-filter',
  size: 'tiny',
  plan: { ...vocoderPlans['source-filter'].tiny, stepCount: 4, checkSteps: 2 },
  seed: 2,
  workFolder: join(home, run),
  modelPath: join(home, `${run}.vocoder`),
})
/** What was heard of the recordings is taken over from the first run. */
const againAs = (run: string) => {
  cpSync(join(home, 'peaceful', 'features'), join(home, run, 'features'), { recursive: true })
  return requestOf(run)
}
function teacherFile(name: string, model: VocoderModel, facts: Partial<VocoderCard>): string {
  const path = join(home, `${name}.vocoder`)
  writeFileSync(path, writeVocoderFile(model, { ...tinyVocoderCard, ...facts }))
  return path
}
const bytesOf = (run: string) => readFileSync(join(home, `${run}.vocoder`))
/** Pauses before the first step: one for each recording and its copy, of whom nobody was held out twice. */
const READING = 4 * 2 - 1

test('a vocoder is learned from people, one of whom is held out and named, and its file is whole', async () => {
  const end = await trainVocoder(requestOf('peaceful'), contextOfTask())
  if (end.kind !== 'done' || end.result.kind !== 'train-vocoder') throw new Error('it learned to the end')
  const { summary } = end.result
  expect(summary).toMatchObject({ stepCount: 4, personCount: 4, backend: 'wasm' })
  expect(summary.heldOutPeople).toHaveLength(1)
  expect(summary.heldOutLoss).toBeGreaterThan(0)
  const file = readVocoderFile(bytesOf('peaceful'))
  if (!file.ok) throw new Error(file.failure.message)
  expect(file.value.card).toMatchObject({ personCount: 3, heldOutPeople: summary.heldOutPeople, name: 'Four' })
  expect(existsSync(checkpointShelf(join(home, 'peaceful'), 'vocoder').pathOf(4))).toBe(true)
})

test('killed at any step and started again it ends with the same bytes', async () => {
  const request = againAs('killed')
  for (const step of [2, 3])
    await expect(trainVocoder(request, interruptedTask({ killAt: READING + step }))).rejects.toThrow(Killed)
  await trainVocoder(request, contextOfTask())
  expect(bytesOf('killed')).toEqual(bytesOf('peaceful'))
})

test('paused it goes on from where it was; finished early it keeps what it has', async () => {
  const request = againAs('paused')
  expect(await trainVocoder(request, interruptedTask({ wish: 'pause', wishAt: READING + 3 }))).toEqual({
    kind: 'paused',
  })
  await trainVocoder(request, contextOfTask())
  expect(bytesOf('paused')).toEqual(bytesOf('peaceful'))
  const early = await trainVocoder(againAs('finished'), interruptedTask({ wish: 'finish', wishAt: READING + 3 }))
  expect(early).toMatchObject({ kind: 'done', result: { summary: { stepCount: 2 } } })
})

test('a student learns from its teacher’s file, holds out whom that did not learn from, and says whose student it is', async () => {
  const path = teacherFile('wave', tinyWavenetVocoder, { name: 'Wave', heldOutPeople: ['high1'] })
  const student: VocoderTrainRequest = {
    ...againAs('student'),
    network: 'parallel-wavenet',
    plan: { ...vocoderPlans['parallel-wavenet'].tiny, stepCount: 2, checkSteps: 2 },
    teacherPath: path,
  }
  const end = await trainVocoder(student, contextOfTask())
  expect(end).toMatchObject({ kind: 'done', result: { summary: { stepCount: 2, heldOutPeople: ['high1'] } } })
  const file = readVocoderFile(bytesOf('student'))
  if (!file.ok) throw new Error(file.failure.message)
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex')
  expect(file.value.card.teacher).toEqual({ name: 'Wave', steps: tinyVocoderCard.steps, digest })
  // The student of another teacher is another training: nothing is gone on with.
  const other = teacherFile('other', tinyWavenetVocoder, { name: 'Other', heldOutPeople: ['high1'] })
  const again = await trainVocoder(
    { ...student, teacherPath: other },
    interruptedTask({ wish: 'finish', wishAt: READING + 2 }),
  )
  expect(again).toMatchObject({ kind: 'done', result: { summary: { stepCount: 1 } } })
})

test('a teacher that is missing, too many, of another kind or no vocoder is refused with its name before anything is read', () => {
  const flow = teacherFile('flow', tinyFlowVocoder, {})
  const torn = join(home, 'torn.vocoder')
  writeFileSync(torn, readFileSync(flow).subarray(0, 500))
  const refusal = (network: VocoderNetwork, path: string | undefined) => {
    try {
      readTeacher(network, path)
    } catch (cause) {
      if (cause instanceof FailureError) return cause.failure
      throw cause
    }
    throw new Error('it was taken')
  }
  const missing = refusal('parallel-wavenet', undefined)
  expect(missing.message).toContain('parallel-wavenet')
  expect(missing.message).toContain('one was expected, none is named')
  expect(missing.remedy).toContain('--kind wavenet')
  expect(refusal('parallel-wavenet', flow).message).toMatch(
    /“flow.vocoder” can’t teach .* kind wavenet was expected, it is of the kind flow/,
  )
  expect(refusal('flow', flow).message).toMatch(/no teacher was expected, “flow.vocoder” is named/)
  expect(refusal('parallel-wavenet', torn)).toMatchObject({ code: 'checkpoint-invalid' })
  expect(refusal('parallel-wavenet', torn).message).toContain('“torn.vocoder” can’t teach')
  expect(refusal('parallel-wavenet', join(home, 'nowhere.vocoder')).code).toBe('file-missing')
})

test('recordings that hold no crop are refused in words', async () => {
  const request = { ...againAs('short'), plan: { ...vocoderPlans['source-filter'].tiny, cropFrames: 4000 } }
  await expect(trainVocoder(request, contextOfTask())).rejects.toThrow('long enough')
})
