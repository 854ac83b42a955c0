import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { prepareWasm } from '../../../../../src/main/compute/engines/backend-wasm.ts'
import { placeInFile } from '../../../../../src/main/compute/training/audition.ts'
import { learn, openTrainingRun, type RunInput } from '../../../../../src/main/compute/training/training-run.ts'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import type { SourceId } from '../../../../../src/shared/base/id.ts'
import type { LearningSinger, PublishedTraining } from '../../../../../src/shared/contract/compute.ts'
import type { TrainingPoint } from '../../../../../src/shared/contract/jobs.ts'
import { readSafetensors } from '../../../../../src/shared/formats/safetensors.ts'
import { contextOfTask } from '../../../../support/task-context.ts'
import { createClip } from '../../../../support/training-clips.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

beforeAll(async () => {
  prepareWasm()
  await setBackend('wasm')
})

let folder = ''
beforeEach(() => void (folder = temporaryFolder()))
const singer = (name: string, run: string): LearningSinger => ({
  clips: [{ clipId: name as SourceId, fileName: '', path: '' }], // an id for tests
  name,
  consent: '',
  licence: '',
  workFolder: join(folder, run, name),
  singerPath: '',
})
const input = (run: string, published?: PublishedTraining): RunInput => ({
  request: {
    ...singer('one', run),
    beside: [singer('other', run)],
    ...(published && { published }),
    createdAtMs: 0,
    preset: 'quick',
    method: 'joint',
    plan: { stepCount: 4, checkSteps: 2, patience: 9 },
    size: 'tiny',
    seed: 1,
  },
  stage: { method: 'joint', singers: [0, 1] },
  clips: [createClip(1, 500), createClip(2, 430, 220, 1)],
  base: null,
  place: {
    stepsBefore: 100,
    stepCount: 104,
    words: 'together',
    stateName: '',
    curvesBefore: [[], []],
    spreadBefore: null,
  },
})

interface Told extends TrainingPoint {
  readonly singerIndex: number
}

/** Learns, and pauses once where it is told to. */
async function run(asked: RunInput, pauseAt: number | null): Promise<readonly Told[]> {
  const told: Told[] = []
  let reached = 0
  const context = contextOfTask({
    onTrainingPoint: (point, singerIndex) => void told.push({ ...point, singerIndex }),
    get wish() {
      return pauseAt !== null && reached === pauseAt ? 'pause' : null
    },
  })
  const opened = openTrainingRun(asked, context, {
    ...silentProgress,
    report: () => (reached = opened.trainer.step),
  })
  expect(await learn(opened, context, () => [null, null])).toBe(pauseAt === null ? 'finished' : 'paused')
  return told
}

/** Weights, moments, draws and history; the curve tells the losses of fewer steps after a pause. */
function stateOf(name: string) {
  const file = readSafetensors(readFileSync(join(folder, name, 'one', 'training.safetensors')))
  if (!file.ok) throw new Error(file.failure.message)
  return { tensors: file.value.tensors, record: file.value.metadata['record'] }
}

test.each([
  ['plainly', undefined],
  ['with parts of the published training', { confusionWeight: 0.1, backTranslationShare: 1, reversedShare: 0.5 }],
] as const)(
  'two singers who learn together %s go on after a pause as if there had been none',
  async (name, published) => {
    const told = await run(input(name, published), null)
    await run(input(`${name}, paused`, published), 3)
    await run(input(`${name}, paused`, published), null)
    expect(stateOf(`${name}, paused`)).toEqual(stateOf(name))
    // Each has losses of their own, counted on from what went before.
    const checks = told.filter(({ heldOutLoss }) => heldOutLoss !== null)
    expect(checks.map(({ step, singerIndex }) => [step, singerIndex])).toEqual([
      [102, 0],
      [102, 1],
      [104, 0],
      [104, 1],
    ])
    expect(checks[0].heldOutLoss).not.toBe(checks[1].heldOutLoss)
    const curve = (who: string) =>
      JSON.parse(readFileSync(join(folder, name, who, 'curve.json'), 'utf8')) as TrainingPoint[]
    expect(curve('other').map(({ heldOutLoss }) => heldOutLoss)).toEqual([checks[1].heldOutLoss, checks[3].heldOutLoss])
  },
)

test('parts of the published training are another training', async () => {
  await run(input('changed'), 3)
  const published = { confusionWeight: 0, backTranslationShare: 0, reversedShare: 1 }
  const told = await run(input('changed', published), null)
  expect(told.map(({ step }) => step)).toContain(102)
})

test('a phrase is heard where it lies in its file, whatever was cut out before it', () => {
  const slices = [
    { startSec: 1, endSec: 3 },
    { startSec: 10, endSec: 14 },
  ]
  expect(placeInFile(1.5, slices)).toBe(2.5)
  expect(placeInFile(2.5, slices)).toBe(10.5)
  expect(placeInFile(7, undefined)).toBe(7)
})
