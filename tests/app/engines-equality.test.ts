import '@tensorflow/tfjs-backend-cpu'
import { setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { openEngine } from '../../src/main/compute/engines/backend.ts'
import { findEngine } from '../../src/main/compute/engines/engines.ts'
import { engineProbes } from '../../src/shared/networks/engine-probes/index.ts'
import {
  softwareGpuVariables,
  tensorflowObstacle,
  trainProbesApart,
  webgpuObstacle,
} from '../support/engines/probe-process.ts'
import { trainProbes, worstDifference, type ProbeAnswer, type ProbeOrder } from '../support/engines/probe-training.ts'

/** Every kind of block learns on every engine what it learns in plain JavaScript. */
const TOLERANCE = 1e-4
const STEPS = 50
/** Of devices that are emulated: `npm run bench -- engines` takes all fifty. */
const EMULATED_STEPS = 5

const order = (stepCount: number, from: ProbeOrder['from'] = {}): ProbeOrder => ({ seed: 1, stepCount, from })
/** Other engines go on from here. */
const BEGUN_STEPS = 10
let begun: ProbeAnswer
let reference: Pick<ProbeAnswer, 'losses'>

beforeAll(async () => {
  await setBackend('cpu')
  begun = await trainProbes(order(BEGUN_STEPS))
  const rest = await trainProbes(order(STEPS - BEGUN_STEPS, begun.states))
  const both = Object.entries(begun.losses).map(([id, losses]) => [id, [...losses, ...rest.losses[id]]] as const)
  reference = { losses: Object.fromEntries(both) }
})

const first = (stepCount: number): ProbeAnswer['losses'] =>
  Object.fromEntries(Object.entries(reference.losses).map(([id, losses]) => [id, losses.slice(0, stepCount)]))
const later = (start: number, stepCount: number): ProbeAnswer['losses'] =>
  Object.fromEntries(
    Object.entries(reference.losses).map(([id, losses]) => [id, losses.slice(start, start + stepCount)]),
  )
const expectEqual = (answer: ProbeAnswer, expected: ProbeAnswer['losses']) => {
  const { id, relative } = worstDifference(answer.losses, expected)
  expect(relative, id).toBeLessThan(TOLERANCE)
}

async function use(id: string): Promise<void> {
  const engine = findEngine(id)
  if (engine === undefined) throw new Error(`no engine “${id}”`)
  await openEngine(engine, { enginesFolder: null, hasWindows: false })
}

/** Says why in the test's own line. */
function skipWithout(obstacle: string | null, skip: (note: string) => void): void {
  if (obstacle !== null) skip(obstacle)
}

test('the reference itself learns: no probe stands still', () => {
  expect(Object.keys(reference.losses)).toEqual(engineProbes.map(({ id }) => id))
  for (const [id, losses] of Object.entries(reference.losses))
    expect(new Set(losses).size, id).toBeGreaterThan(STEPS / 2)
})

test('fifty steps of every kind of block on WebAssembly', async () => {
  await use('wasm')
  expectEqual(await trainProbes(order(STEPS)), first(STEPS))
})

test('WebGPU in Node, on a software device', async ({ skip }) => {
  skipWithout(webgpuObstacle(), skip)
  const answer = await trainProbesApart('webgpu', order(EMULATED_STEPS), await softwareGpuVariables())
  expect(answer.device).toMatch(/swiftshader/i)
  expectEqual(answer, first(EMULATED_STEPS))
})

test('WebGPU in Node with the kernels that a real device gets', async ({ skip }) => {
  skipWithout(webgpuObstacle(), skip)
  const ids = ['dilated-convolution', 'transposed-convolution', 'masked-instance-norm', 'stft-loss']
  const answer = await trainProbesApart('webgpu', { ...order(1), ids }, await softwareGpuVariables('real'))
  expectEqual(answer, Object.fromEntries(ids.map((id) => [id, first(1)[id]])))
})

test('a software device is never taken for work', async ({ skip }) => {
  skipWithout(webgpuObstacle(), skip)
  const { UNDERSTUDY_SOFTWARE_GPU: _, ...variables } = await softwareGpuVariables()
  await expect(trainProbesApart('webgpu', order(1), variables)).rejects.toThrow(/software device/)
})

test('fifty steps of every kind of block on native TensorFlow', async ({ skip }) => {
  skipWithout(tensorflowObstacle(), skip)
  expectEqual(await trainProbesApart('tensorflow', order(STEPS)), first(STEPS))
})

test('a training begun on one engine goes on on any other as if nothing had happened', async () => {
  await use('wasm')
  const onWasm = await trainProbes(order(10, begun.states))
  expectEqual(onWasm, later(BEGUN_STEPS, 10))
  // Where the package is missing WebAssembly takes its two steps.
  const onGpu =
    webgpuObstacle() === null
      ? await trainProbesApart('webgpu', order(2, onWasm.states), await softwareGpuVariables())
      : await trainProbes(order(2, onWasm.states))
  expectEqual(onGpu, later(20, 2))
  await use('wasm')
  const back = await trainProbes(order(3, onGpu.states))
  expectEqual(back, later(22, 3))
  if (tensorflowObstacle() === null)
    expectEqual(await trainProbesApart('tensorflow', order(5, back.states)), later(25, 5))
})
