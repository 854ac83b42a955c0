import type { FarmState, FarmWorker } from '../../src/shared/contract/farm-state.ts'

/** A machine that waits, but for what a test says. */
export const farmWorker = (machine: string, change: Partial<FarmWorker> = {}): FarmWorker => ({
  id: machine,
  machine,
  version: '0.1.0',
  isOfThisVersion: true,
  engine: 'wasm',
  threadCount: 8,
  fraction: null,
  trainingFraction: null,
  realTimeFactor: 12.4,
  doneCount: 34,
  failedCount: 0,
  startedAtMs: 0,
  ...change,
})

/** A queue at which nobody works and nothing happens, but for what a test says. */
export const farmState = (change: Partial<FarmState> = {}): FarmState => ({
  queuePlace: 'redis://studio.local:6379',
  storePlace: '/mnt/sounds',
  trouble: null,
  workers: [],
  counts: { waiting: 0, active: 0, done: 0, failed: 0 },
  failures: [],
  ...change,
})
