import '@tensorflow/tfjs-backend-wasm'
import { setBackend } from '@tensorflow/tfjs-core'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { prepareWasm } from '../../../../../../src/main/compute/engines/backend-wasm.ts'
import { learnEmotions, openEmotionRun } from '../../../../../../src/main/compute/training/emotion/emotion-run.ts'
import { silentProgress } from '../../../../../../src/shared/base/progress.ts'
import { createRandom } from '../../../../../../src/shared/base/random.ts'
import type { RelganTrainRequest } from '../../../../../../src/shared/contract/emotions.ts'
import type { TrainingPoint } from '../../../../../../src/shared/contract/jobs.ts'
import { CEPSTRA, CROP_FRAMES } from '../../../../../../src/shared/networks/relgan/config.ts'
import type { EmotionalClip } from '../../../../../../src/shared/training/relgan/emotional-clip.ts'
import { contextOfTask } from '../../../../../support/task-context.ts'
import { makeTemporaryFolder, removeFolder } from '../../../../../support/temporary-folder.ts'

beforeAll(async () => {
  prepareWasm()
  await setBackend('wasm')
})

let folder = ''
beforeEach(() => {
  folder = makeTemporaryFolder()
})
afterEach(() => removeFolder(folder))

const clips: readonly EmotionalClip[] = [0, 1, 2].flatMap((emotion) =>
  [1, 2].map((number) => {
    const random = createRandom(10 * emotion + number)
    return {
      emotion,
      person: '',
      cepstra: Float32Array.from({ length: CROP_FRAMES * CEPSTRA }, () => emotion + random.normal()),
      f0: new Float32Array(CROP_FRAMES).fill(100 + emotion),
    }
  }),
)
const request = (workFolder: string): RelganTrainRequest => ({
  method: 'relgan',
  clips: [],
  emotions: ['neutral', 'angry', 'sad'],
  edgeHz: 7600,
  name: 'Tiny',
  licence: '',
  trainedOn: '',
  software: '',
  createdAtMs: 0,
  size: 'tiny',
  plan: { stepCount: 2, batchSize: 1, checkSteps: 2, patience: 5 },
  seed: 3,
  workFolder,
  modelPath: join(workFolder, 'model.emotion'),
})

const contextOf = (points: TrainingPoint[], wish: () => 'pause' | null) =>
  contextOfTask({
    onTrainingPoint: (point) => void points.push(point),
    get wish() {
      return wish()
    },
  })

test('a training that was paused after a step and opened again ends with the bytes of one that never stopped', async () => {
  const [whole, parted] = [join(folder, 'whole'), join(folder, 'parted')]
  const points: TrainingPoint[] = []
  const never = contextOf(points, () => null)
  const straight = openEmotionRun(request(whole), clips, never, silentProgress)
  const kept: number[] = []
  expect(
    await learnEmotions(straight, never, (run, _check, isBest) => void (isBest && kept.push(run.trainer.step))),
  ).toBe('finished')
  expect(kept).toEqual([2])
  expect(points).toMatchObject([{ step: 2, heldOutLoss: null }])

  const first = openEmotionRun(request(parted), clips, never, silentProgress)
  const pausing = contextOf([], () => (first.trainer.step === 1 ? 'pause' : null))
  expect(await learnEmotions(first, pausing, () => {})).toBe('paused')
  const again = openEmotionRun(request(parted), clips, never, silentProgress)
  expect(again.trainer.step).toBe(1)
  expect(await learnEmotions(again, never, () => {})).toBe('finished')
  const bytes = (name: string) => readFileSync(join(name, 'training.safetensors'))
  // The straight one drew its point from two steps, the other from its last: only the curve may differ.
  const curveless = (name: string) => bytes(name).subarray(bytes(name).readUInt32LE(0) + 8)
  expect(curveless(parted).equals(curveless(whole))).toBe(true)
})
