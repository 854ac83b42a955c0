import type { EngineReport } from '../../../src/shared/contract/library.ts'

const engine = {
  id: 'wasm',
  label: 'WebAssembly',
  body: 'process',
  state: 'in-use',
  reason: '',
  device: null,
  memoryBytes: null,
  residentBytes: null,
  version: null,
  gflopPerSec: null,
  stepsPerSec: null,
  inferenceMs: null,
  use: ['training', 'conversion'],
  trainingSec: null,
} as const
const nativeOffer = {
  id: 'cpu',
  label: 'TensorFlow',
  downloadBytes: 1e8,
  receivedBytes: 0,
  diskBytes: 2e8,
  licence: 'Apache-2.0',
  caveat: null,
} as const

/** A machine as a page of tests sees it. */
export const engineReport: EngineReport = {
  engines: [engine],
  native: { obstacle: null, installed: null, variants: [nativeOffer, { ...nativeOffer, id: 'gpu' }] },
  realTimeFactor: 3,
  threadCount: 2,
  freeMemoryBytes: 4e9,
  totalMemoryBytes: 8e9,
  freeDiskBytes: 41e9,
  trainingSec: null,
  measuredAtMs: 1,
  workers: [],
}
