import type { JobId, SourceId } from '../../src/shared/base/id.ts'
import type { ClipVerdict, Job } from '../../src/shared/contract/jobs.ts'

/** A clip that the doctor finds nothing wrong with, but for what a test says. */
export const verdict = (id: string, change: Partial<ClipVerdict> = {}): ClipVerdict => ({
  clipId: id as SourceId,
  fileName: `${id}.wav`,
  durationSec: 60,
  loudnessLufs: -20,
  noiseFloorDb: -60,
  voicedFraction: 0.5,
  lowestHz: 200,
  highestHz: 400,
  clippedSampleCount: 0,
  isKept: true,
  reason: 'clean',
  secondsPerNote: { 60: 10, 62: 20 },
  findings: [],
  slices: [
    { startSec: 0, endSec: 20 },
    { startSec: 30, endSec: 50 },
  ],
  cutoffHz: null,
  ...change,
})

/** A job as a window is told of it; an inspection that runs, but for what a test says. */
export const job = (id: string, change: Partial<Job>): Job => ({
  id: id as JobId,
  kind: 'inspect',
  title: '',
  state: 'running',
  fraction: 0,
  phase: '',
  remainingSec: null,
  queuePosition: null,
  createdAtMs: 0,
  finishedAtMs: null,
  subject: { kind: 'machine' },
  outcome: null,
  failure: null,
  isRetryable: false,
  ...change,
})
