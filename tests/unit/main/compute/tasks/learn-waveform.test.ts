import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { train } from '../../../../../src/main/compute/tasks/train.ts'
import { checkpointShelf } from '../../../../../src/main/compute/training/checkpoint-shelf.ts'
import * as stepping from '../../../../../src/shared/networks/wavenet-autoencoder/training-step.ts'
import { concatenated } from '../../../../../src/shared/base/concatenated.ts'
import type { SourceId } from '../../../../../src/shared/base/id.ts'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import type { LearningSinger, TrainRequest } from '../../../../../src/shared/contract/compute.ts'
import type { TrainingPoint } from '../../../../../src/shared/contract/jobs.ts'
import { readWaveformSinger } from '../../../../../src/shared/formats/waveform-singer-file.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../../../support/sung-voice.ts'
import { interruptedTask, Killed, type Interruption } from '../../../../support/task-context.ts'
import { makeTemporaryFolder, removeFolder } from '../../../../support/temporary-folder.ts'

const STEPS = 4
const CHECK_STEPS = 2
const DEATHS = 2
const home = makeTemporaryFolder()
afterAll(() => removeFolder(home))

interface Told {
  readonly points: { readonly point: TrainingPoint; readonly singerIndex: number }[]
  readonly phases: string[]
}

const contextOf = (told: Told, asked: Interruption = {}) =>
  interruptedTask(asked, {
    progress: { report: (_fraction, phase) => void told.phases.push(phase ?? ''), isCancelled: false },
    onTrainingPoint: (point, singerIndex) => void told.points.push({ point, singerIndex }),
  })
const listen = (): Told => ({ points: [], phases: [] })

/** The voice and its beginning again: ten seconds must be voiced. */
const longEnough = (voice: Float32Array) => concatenated([voice, voice.subarray(0, 2 * VOICE_RATE_HZ)])
const write = (voice: 'low' | 'high') => writeVoice(join(home, `${voice}.wav`), [longEnough(sungVoice(voice))])
const paths = { low: write('low'), high: write('high') }

const singerOf = (voice: 'low' | 'high', run: string): LearningSinger => ({
  clips: [{ clipId: voice as string as SourceId, fileName: `${voice}.wav`, path: paths[voice] }],
  name: voice === 'low' ? 'Low' : 'High',
  consent: 'a made voice',
  licence: 'CC0',
  workFolder: join(home, `${run}-${voice}`),
  singerPath: join(home, `${run}-${voice}.singer`),
})
/** What was heard of the clips is taken over from the first. */
function requestOf(run: string): TrainRequest {
  const request = freshRequest(run)
  for (const voice of ['low', 'high'])
    cpSync(join(home, `peaceful-${voice}`, 'features'), join(home, `${run}-${voice}`, 'features'), { recursive: true })
  return request
}
const freshRequest = (run: string): TrainRequest => ({
  ...singerOf('low', run),
  beside: [singerOf('high', run)],
  createdAtMs: 7,
  preset: 'normal',
  size: 'fast',
  plan: { stepCount: STEPS, checkSteps: CHECK_STEPS, patience: 1 },
  waveform: { size: 'tiny', steps: STEPS },
  seed: 5,
})
const checkpointsOf = (workFolder: string) => {
  const shelf = checkpointShelf(workFolder, 'singer')
  return shelf.steps().map((step) => readFileSync(shelf.pathOf(step)))
}
const filesOf = (request: TrainRequest) =>
  [request, ...(request.beside ?? [])].flatMap(({ singerPath, workFolder }, index) => [
    readFileSync(singerPath),
    readFileSync(join(workFolder, 'curve.json')),
    ...(index === 0 ? [readFileSync(join(workFolder, 'training.safetensors'))] : []),
    ...checkpointsOf(workFolder),
  ])

describe('a waveform model', () => {
  const peaceful = freshRequest('peaceful')
  const told = listen()
  beforeAll(async () => {
    const end = await train(peaceful, contextOf(told))
    expect(end).toMatchObject({
      kind: 'done',
      result: { kind: 'train', summary: { stepCount: STEPS, singers: [{ name: 'Low' }, { name: 'High' }] } },
    })
  })

  test('gives each singer a file with its own row of one model, and tells the losses of both by name', () => {
    const [low, high] = [peaceful, ...(peaceful.beside ?? [])].map(({ singerPath }) => {
      const file = readWaveformSinger(readFileSync(singerPath))
      if (!file.ok) throw new Error(file.failure.message)
      return file.value
    })
    expect([low.row, high.row]).toEqual([0, 1])
    expect(high.model).toEqual(low.model)
    expect(low.model.voices.map(({ name }) => name)).toEqual(['Low', 'High'])
    expect(high.card.medianHz).toBeGreaterThan(1.5 * low.card.medianHz)
    expect(low.card).toMatchObject({ converter: 'waveform', provenance: { method: 'joint', singerCount: 2 } })
    const checks = told.points.filter(({ point }) => point.losses !== undefined)
    expect(checks.filter(({ singerIndex }) => singerIndex === 1)).toHaveLength(STEPS / CHECK_STEPS)
    expect(Object.keys(checks.at(-1)?.point.losses ?? {}).sort()).toEqual([
      'accuracy',
      'classifier',
      'reconstruction',
      'regressor',
      'translation',
    ])
    expect(told.phases.some((phase) => phase.startsWith('singing 4 mixtures'))).toBe(true)
    expect(told.phases.at(-1)).toMatch(/^step 4 of 4: .*reconstruction \d/)
  })

  test('gets one singer more, whose row and decoder are learned; encoder and the others’ rows stay, bit for bit', async () => {
    const own = requestOf('added').beside?.[0]
    const added: TrainRequest = {
      ...freshRequest('added'),
      ...singerOf('high', 'added'),
      ...own,
      name: 'Third',
      beside: [],
      waveform: { size: 'tiny', steps: 3, modelPath: peaceful.singerPath },
    }
    const told = listen()
    const end = await train(added, contextOf(told))
    expect(end).toMatchObject({ result: { summary: { stepCount: 3, singers: [{ name: 'Third' }] } } })
    const [before, after] = [peaceful, added].map(({ singerPath }) => {
      const file = readWaveformSinger(readFileSync(singerPath))
      if (!file.ok) throw new Error(file.failure.message)
      return file.value
    })
    expect(after.row).toBe(2)
    expect(after.model.voices.map(({ name }) => name)).toEqual(['Low', 'High', 'Third'])
    expect(after.card.provenance).toMatchObject({ singerCount: 3 })
    const table = (file: typeof before) => file.model.parameters.get('singers/table')?.values ?? new Float32Array(0)
    const known = table(before).length
    expect(table(after).subarray(0, known)).toEqual(table(before))
    const mean = [0, 1, 2].map((column) => (table(before)[column] + table(before)[3 + column]) / 2)
    expect([...table(after).subarray(known)]).not.toEqual(mean)
    const changed = [...after.model.parameters].filter(
      ([name, { values }]) => !before.model.parameters.get(name)?.values.every((value, at) => value === values[at]),
    )
    expect(changed.map(([name]) => name).filter((name) => name.startsWith('encoder/'))).toEqual([])
    expect(changed.some(([name]) => name.startsWith('decoder/'))).toBe(true)
    expect(Object.keys(told.points.at(-1)?.point.losses ?? {})).toEqual(['reconstruction'])
  })

  test('killed at any moment ends with the bytes of one left in peace', async () => {
    const killed = requestOf('killed')
    const random = createRandom(3)
    for (let death = 0; death < DEATHS; death++)
      await expect(train(killed, contextOf(listen(), { killAt: 4 + random.integer(3) }))).rejects.toThrow(Killed)
    expect((await train(killed, contextOf(listen()))).kind).toBe('done')
    expect(filesOf(killed).map((bytes, index) => bytes.equals(filesOf(peaceful)[index]))).not.toContain(false)
    expect(filesOf(killed)).toHaveLength(filesOf(peaceful).length)
  })

  test('paused between checks and stopped early is kept as it is, and learned as if there had been no pause', async () => {
    const stopped = requestOf('stopped')
    expect(await train(stopped, contextOf(listen(), { wish: 'pause', wishAt: 4 }))).toEqual({ kind: 'paused' })
    const end = await train(stopped, contextOf(listen(), { wish: 'finish', wishAt: 4 }))
    expect(end).toMatchObject({ kind: 'done', result: { summary: { stepCount: 2 } } })
    const [asStopped, asPeaceful] = [stopped, peaceful].map(({ workFolder }) =>
      readFileSync(checkpointShelf(workFolder, 'singer').pathOf(2)),
    )
    expect(asStopped.equals(asPeaceful)).toBe(true)
  })

  test('whose numbers grow beyond all bounds stops with the reason, and goes on from what was saved', async () => {
    const wild = requestOf('wild')
    let judged = 0
    const judge = vi.spyOn(stepping, 'judgeBatches').mockImplementation(() => {
      const reconstruction = ++judged === 2 ? NaN : 5 - judged
      return Promise.resolve({ reconstruction, singer: 1, pitch: 0, accuracy: 0.5 })
    })
    try {
      const diverged = train(wild, contextOf(listen()))
      await expect(diverged).rejects.toThrow('At step 4 the loss “reconstruction” is no number any more (NaN).')
      expect(checkpointShelf(wild.workFolder, 'singer').steps()).toEqual([2])
      expect(await train(wild, contextOf(listen()))).toMatchObject({ result: { summary: { stepCount: STEPS } } })
    } finally {
      judge.mockRestore()
    }
  })

  test('of which a singer has too little voice is refused by the name of that singer', async () => {
    const path = writeVoice(join(home, 'short.wav'), [sungVoice('high').subarray(0, 48_000)])
    const short = requestOf('short')
    const beside = (short.beside ?? []).map((singer) => {
      return { ...singer, clips: [{ clipId: 'short' as SourceId, fileName: 'short.wav', path }] }
    })
    await expect(train({ ...short, beside }, contextOf(listen()))).rejects.toThrow(
      /^The clips of High hold \d\.\d s of voice, and at least 10 s are needed\.$/,
    )
  })
})
