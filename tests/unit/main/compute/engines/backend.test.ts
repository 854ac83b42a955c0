import '@tensorflow/tfjs-backend-cpu'
import { memory, setBackend } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { openEngine } from '../../../../../src/main/compute/engines/backend.ts'
import { wasmEngine } from '../../../../../src/main/compute/engines/engine-wasm.ts'
import { engines, findEngine } from '../../../../../src/main/compute/engines/engines.ts'
import { gflopPerStep } from '../../../../../src/main/compute/engines/step-cost.ts'
import { complaintAbout, KNOWN_NUMBERS, selfTestNumbers } from '../../../../../src/main/compute/engines/self-test.ts'

const setting = { enginesFolder: null, hasWindows: false }

test('the plain JavaScript backend gives the known numbers', async () => {
  await setBackend('cpu')
  expect(complaintAbout(await selfTestNumbers())).toBeNull()
})

// The other engines may crash; they are tried in processes of their own.
test.each(engines.filter(({ id }) => id === 'wasm' || id === 'cpu'))(
  '$label computes the same network and the same gradient, and leaves no tensor behind',
  async (engine) => {
    const backend = await openEngine(engine, setting)
    expect(backend.id).toBe(engine.id)
    const before = memory().numTensors
    expect(complaintAbout(await selfTestNumbers())).toBeNull()
    expect(memory().numTensors).toBe(before)
  },
)

test('an engine that the tensor library does not know is refused by name', async () => {
  const unknown = { ...engines[0], label: 'Unheard of', backendName: 'unheard', load: wasmEngine.load }
  await expect(openEngine(unknown, setting)).rejects.toThrow('Unheard of')
})

test('looking for engines reads their files alone, and says of each whether it is there', () => {
  for (const engine of engines) {
    const probe = engine.probe(setting)
    expect(probe.isPresent || probe.reason !== '').toBe(true)
    expect(probe.isPresent === false || probe.version !== null).toBe(true)
  }
  expect(findEngine('wasm')?.probe(setting).isPresent).toBe(true)
  expect(findEngine('no such engine')).toBeUndefined()
})

test('a step of the fast size is counted as what its convolutions multiply and add', () => {
  expect(gflopPerStep('fast')).toBeCloseTo(1.379, 3)
  expect(gflopPerStep('standard') / gflopPerStep('fast')).toBeGreaterThan(3)
})

test('a backend with wrong numbers is named with what is wrong', () => {
  expect(complaintAbout({ ...KNOWN_NUMBERS, gradientProbe: 0 })).toContain('gradientProbe')
  expect(complaintAbout({ ...KNOWN_NUMBERS, loss: NaN })).toContain('loss')
  expect(complaintAbout({ ...KNOWN_NUMBERS, passLoss: 1.7 })).toContain('passLoss')
})
