import '@tensorflow/tfjs-backend-cpu'
import { setBackend } from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failureOfFault } from '../../src/main/compute/workers/worker-fault.ts'
import { complaintAbout, selfTestNumbers } from '../../src/main/compute/engines/self-test.ts'
import { sampleAugmentation } from '../../src/shared/conversion/augmentation.ts'
import { createRemoteWork } from '../../src/shared/networks/remote/remote-work.ts'
import { createTrainer } from '../../src/shared/training/trainer.ts'
import { openProbePage, type ProbePage } from '../support/engines/probe-page.ts'
import { trainProbes, worstDifference } from '../support/engines/probe-training.ts'
import { createClip } from '../support/training-clips.ts'

/** Chromium's own WebGPU in a page that computes for a worker, on a software device. */
const TOLERANCE = 1e-4
/** `npm run bench -- engines` takes all fifty. */
const STEPS = 4

let page: ProbePage
beforeAll(async () => {
  page = await openProbePage()
})
afterAll(() => page?.close())

test('the page finds the browser’s WebGPU and says what it computes on', () => {
  expect(page.engine.device).toMatch(/swiftshader/i)
  expect(page.engine.version).toMatch(/^\d+\./)
  expect(page.complaints).toEqual([])
})

test('every kind of block learns in the page what it learns in plain JavaScript', async () => {
  await setBackend('cpu')
  const order = { seed: 1, stepCount: STEPS, from: {} }
  const [expected, found] = [await trainProbes(order), await page.train(order)]
  const { id, relative } = worstDifference(found.losses, expected.losses)
  expect(relative, id).toBeLessThan(TOLERANCE)
})

test('the self-test’s numbers are right when its tensors are in the page, and nothing is left behind there', async () => {
  const { tensors, bytes } = page.line.leak
  expect(complaintAbout(await selfTestNumbers(createRemoteWork(page.line.call)))).toBeNull()
  expect(page.line.leak).toEqual({ tensors, bytes })
})

test('a training whose tensors are in the page learns and judges as one beside its files', async () => {
  await setBackend('cpu')
  const options = {
    clips: [createClip(1, 330)],
    singerCount: 1,
    size: 'tiny',
    plan: { stepCount: 3, checkSteps: 2, patience: 2 },
    seed: 5,
    sampleBandMap: sampleAugmentation,
    resumeFrom: null,
  } as const
  const near = createTrainer(options)
  const far = createTrainer({ ...options, work: createRemoteWork(page.line.call) })
  const [here, there] = [await near.advance(), await far.advance()]
  expect(Math.abs(here.total - there.total)).toBeLessThan(TOLERANCE * here.total)
  const [judgedHere, judgedThere] = [await near.check(), await far.check()]
  expect(Math.abs(judgedHere.heldOutLoss - judgedThere.heldOutLoss)).toBeLessThan(TOLERANCE * judgedHere.heldOutLoss)
})

test('a page that goes while it computes is told as a lost device, and nothing waits for it any more', async () => {
  const unfinished = page.line.call({ kind: 'probe', id: 'spectral-autoencoder', seed: 1, stepCount: 500, from: null })
  const told = unfinished.then(
    () => null,
    (cause: unknown) => failureOfFault(cause).code,
  )
  await page.losePage()
  expect(await told).toBe('engine-device-lost')
  await expect(
    page.line.call({ kind: 'probe', id: 'pixel-shuffle', seed: 1, stepCount: 1, from: null }),
  ).rejects.toThrow(/lost/)
})

test('without leave to use software the page refuses it, in words', async () => {
  await expect(openProbePage('refused')).rejects.toThrow(/software device/)
})
