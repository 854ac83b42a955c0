import { autocorrelation } from './autocorrelation/autocorrelation.ts'
import { pyin } from './pyin/pyin.ts'
import type { PitchTracker } from './tracker.ts'
import { dioTracker, harvestTracker, voicedHarvestTracker } from './world-trackers.ts'

export const pitchTrackers: readonly PitchTracker[] = [
  autocorrelation,
  harvestTracker,
  voicedHarvestTracker,
  dioTracker,
  pyin,
]

/** The best by the rule in the README, from its table. */
export const defaultPitchTracker: PitchTracker = autocorrelation

export const pitchTrackerById = (id: string): PitchTracker | undefined => pitchTrackers.find((one) => one.id === id)
