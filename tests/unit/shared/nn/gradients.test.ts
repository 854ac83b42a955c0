import '@tensorflow/tfjs-backend-cpu'
import { memory, setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { engineProbes } from '../../../../src/shared/networks/engine-probes/index.ts'
import { initialWeights, probeGradient, runProbe } from '../../../../src/shared/networks/engine-probes/probe-run.ts'
import { createParameterLayout } from '../../../../src/shared/nn/parameters.ts'

beforeAll(() => setBackend('cpu'))

/** Its gradient goes through the division by an estimate that the loss reads from the moved weights: tested by itself. */
const withEstimate = 'spectral-normalization'

test.each(engineProbes.filter(({ id }) => id !== withEstimate).map((probe) => [probe.id, probe] as const))(
  '%s: the gradient is the slope of the loss, for every parameter',
  async (_, probe) => {
    const layout = createParameterLayout(probe.shapes)
    const weights = initialWeights(layout, 3)
    const { gradient } = await probeGradient(probe, layout, weights, 3, 0)
    const width = 5e-4
    for (const { name, offset, length } of layout.entries) {
      // One direction per parameter: single precision would drown single weights.
      const random = createRandom(offset + 1)
      const direction = Float32Array.from({ length }, () => (random.uniform() < 0.5 ? -1 : 1) / Math.sqrt(length))
      const moved = async (scale: number) => {
        const copy = weights.slice()
        for (let i = 0; i < length; i++) copy[offset + i] += scale * direction[i]
        return (await probeGradient(probe, layout, copy, 3, 0)).loss
      }
      const measured = ((await moved(width)) - (await moved(-width))) / (2 * width)
      const along = direction.reduce((sum, value, i) => sum + value * gradient[offset + i], 0)
      const allowed = 0.03 * Math.abs(measured) + 1e-3
      expect(Math.abs(along - measured), `${name}: ${along} against ${measured}`).toBeLessThan(allowed)
    }
  },
)

test('a probe gives the same losses twice, goes on where it was left, and leaves no tensor behind', async () => {
  for (const probe of engineProbes) {
    const before = memory().numTensors
    const whole = await runProbe(probe, 7, 4)
    const half = await runProbe(probe, 7, 2)
    const rest = await runProbe(probe, 7, 2, half.state)
    expect([...half.losses, ...rest.losses], probe.id).toEqual(whole.losses)
    expect(rest.state, probe.id).toEqual(whole.state)
    expect(memory().numTensors, probe.id).toBe(before)
  }
})

test('a block that computes itself again gives the losses of the one that remembers, bit for bit', async () => {
  const [plain, again] = ['gated-residual-block', 'recomputed-block'].map((id) => engineProbes.find((p) => p.id === id))
  if (plain === undefined || again === undefined) throw new Error('both probes belong to the list')
  expect((await runProbe(again, 5, 6)).losses).toEqual((await runProbe(plain, 5, 6)).losses)
})
