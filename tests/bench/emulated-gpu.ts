import '@tensorflow/tfjs-backend-cpu'
import { setBackend } from '@tensorflow/tfjs-core'
import { openProbePage } from '../support/engines/probe-page.ts'
import { softwareGpuVariables, trainProbesApart } from '../support/engines/probe-process.ts'
import { trainProbes, worstDifference, type ProbeAnswer } from '../support/engines/probe-training.ts'
import type { BenchRow } from './stopwatch.ts'

const ORDER = { seed: 1, stepCount: 50, from: {} } as const
const TOLERANCE = 1e-4

/**
 * WebGPU's numbers on a device that is emulated on the processor, in Node and in the browser's page: right on every
 * machine, whatever its graphics; its speed means nothing.
 */
export async function benchEmulatedGpu(): Promise<BenchRow[]> {
  await setBackend('cpu')
  const expected = await trainProbes(ORDER)
  const inNode = await trainProbesApart('webgpu', ORDER, await softwareGpuVariables())
  const page = await openProbePage()
  try {
    return [row('in Node', inNode, expected), row('in the page', await page.train(ORDER), expected)]
  } finally {
    await page.close()
  }
}

function row(place: string, found: ProbeAnswer, expected: ProbeAnswer): BenchRow {
  const { id, relative } = worstDifference(found.losses, expected.losses)
  return {
    name: `engines, WebGPU ${place}, emulated by ${found.device ?? 'nothing'}`,
    measured: `fifty steps of every block within ${relative.toExponential(1)} of plain JavaScript’s losses (${id})`,
    baseline: `asked for: ${TOLERANCE}`,
    ratio: TOLERANCE / relative,
    meaning: 'times closer than asked for',
  }
}
