import '@tensorflow/tfjs-backend-cpu'
import { memory, setBackend } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { selectBackend } from '../../../../src/main/compute/backend.ts'
import { complaintAbout, KNOWN_NUMBERS, selfTestNumbers } from '../../../../src/main/compute/self-test.ts'

const options = { enginesFolder: null, nowMs: () => performance.now() }

test('the plain JavaScript backend gives the known numbers', async () => {
  await setBackend('cpu')
  expect(complaintAbout(await selfTestNumbers())).toBeNull()
})

test('WebAssembly computes the same network and the same gradient, and leaves no tensor behind', async () => {
  const backend = await selectBackend({ ...options, wanted: 'wasm' })
  expect(backend.id).toBe('wasm')
  expect(backend.reason).toContain('UNDERSTUDY_BACKEND')
  const before = memory().numTensors
  expect(complaintAbout(await selfTestNumbers())).toBeNull()
  expect(memory().numTensors).toBe(before)
})

test('without a wish the engines are tried, and each says what was found', async () => {
  const backend = await selectBackend({ ...options, wanted: null })
  const native = backend.engines.find(({ id }) => id === 'tensorflow')
  expect(['not-installed', 'refused', 'ready', 'in-use']).toContain(native?.state)
  expect(backend.engines.filter(({ state }) => state === 'in-use').map(({ id }) => id)).toEqual([backend.id])
})

test('a backend with wrong numbers is named with what is wrong', () => {
  expect(complaintAbout({ ...KNOWN_NUMBERS, gradientProbe: 0 })).toContain('gradientProbe')
  expect(complaintAbout({ ...KNOWN_NUMBERS, loss: NaN })).toContain('loss')
})
