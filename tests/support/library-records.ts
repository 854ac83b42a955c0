import type { JobId, SingerId, SourceId } from '../../src/shared/base/id.ts'
import type { Job } from '../../src/shared/contract/jobs.ts'
import type { Singer } from '../../src/shared/contract/library.ts'
import type { Clip } from '../../src/main/library/clips.ts'

/** A singer with plausible values, of which a test says those that matter. */
export const exampleSinger = (more: Partial<Singer> = {}): Singer => ({
  id: 'singer00000000000001' as SingerId, // a test's id needs no minting
  name: 'Mira',
  hueIndex: 2,
  lowestHz: 160.5,
  highestHz: 880,
  medianHz: 330.25,
  origin: 'trained',
  licence: 'private',
  consent: 'Mira herself, for her own songs',
  trainedFromSec: 121.5,
  createdAtMs: 1_780_000_000_000,
  digest: 'a'.repeat(64),
  converter: 'spectral-autoencoder',
  learnedFraction: 1,
  ...more,
})

export const exampleClip = (more: Partial<Clip> = {}): Clip => ({
  id: 'c'.repeat(64) as SourceId, // a test's hash needs no file
  fileName: 'verse.wav',
  durationSamples: 480_000,
  rateHz: 48_000,
  addedAtMs: 1_780_000_000_000,
  verdict: null,
  ...more,
})

export const exampleJob = (more: Partial<Job> = {}): Job => ({
  id: 'job00000000000000001' as JobId, // a test's id needs no minting
  kind: 'convert',
  title: 'Converting Chorus for Mira',
  state: 'running',
  fraction: 0.4,
  phase: 'finding the pitch',
  remainingSec: 12,
  queuePosition: null,
  createdAtMs: 1_780_000_000_000,
  finishedAtMs: null,
  subject: { kind: 'machine' },
  outcome: null,
  failure: null,
  isRetryable: false,
  ...more,
})
