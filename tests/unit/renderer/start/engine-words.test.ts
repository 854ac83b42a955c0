import { expect, test } from 'vitest'
import {
  describeFacts,
  describeInstall,
  describeSpeed,
  describeState,
  describeTerms,
} from '../../../../src/renderer/start/engine-words.ts'
import type { EngineState, NativeVariant } from '../../../../src/shared/contract/engines.ts'

const engine: EngineState = {
  id: 'webgpu',
  label: 'WebGPU',
  body: 'process',
  state: 'in-use',
  reason: 'fastest with the right numbers',
  device: 'NVIDIA RTX A4000',
  memoryBytes: 16e9,
  residentBytes: 640e6,
  version: '0.6.2',
  gflopPerSec: 812.4,
  stepsPerSec: 590,
  inferenceMs: 2,
  use: ['training', 'conversion'],
  trainingSec: { quick: 40, normal: 300, long: 7200 },
}
const unmeasured = {
  device: null,
  memoryBytes: null,
  residentBytes: null,
  version: null,
  gflopPerSec: null,
  use: [],
  trainingSec: null,
} as const

test('an engine says its state with the reason, its device, its use and how long a training would take', () => {
  expect(describeState(engine)).toBe('in use: fastest with the right numbers')
  expect(describeFacts(engine)).toBe(
    'training and conversion; NVIDIA RTX A4000 with 16 GB; takes 640 MB of memory; version 0.6.2; training 40 s quick, 5 min normal, 2.0 h long',
  )
  expect(describeSpeed(engine)).toBe('812')
})

test('an engine that was never tried or set aside says so, and nothing that is not known', () => {
  expect(describeState({ ...engine, state: 'untested', reason: 'not tried yet' })).toBe('not tried yet')
  const crashed = 'crashed in the self-test while starting'
  expect(describeState({ ...engine, state: 'refused', reason: crashed })).toBe(`set aside: ${crashed}`)
  const absent = 'no graphics device on this machine'
  expect(describeState({ ...engine, state: 'not-installed', reason: absent })).toBe(absent)
  expect(describeFacts({ ...engine, ...unmeasured })).toBe('')
  expect(describeSpeed({ ...engine, ...unmeasured })).toBe('–')
})

const variant: NativeVariant = {
  id: 'gpu',
  label: 'TensorFlow for NVIDIA devices',
  downloadBytes: 2.2e9,
  receivedBytes: 0,
  diskBytes: 7.5e9,
  licence: 'TensorFlow: Apache License 2.0',
  caveat: 'expected to work, untested',
}

test('the button names the size, and after an interruption what is left', () => {
  expect(describeInstall(variant)).toBe('Install, 2.2 GB')
  expect(describeInstall({ ...variant, receivedBytes: 1.2e9 })).toBe('Go on, 1.0 GB left')
  expect(describeInstall({ ...variant, receivedBytes: 2.2e9 })).toBe('Go on, all is there')
})

test('place, terms and what is not known are said before', () => {
  expect(describeTerms(variant)).toBe(
    'Takes 7.5 GB of disk at most. TensorFlow: Apache License 2.0. Expected to work, untested.',
  )
  expect(describeTerms({ ...variant, caveat: null })).not.toContain('Expected')
})
