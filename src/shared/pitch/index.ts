export { defaultPitchTracker, pitchTrackerById, pitchTrackers } from './registry.ts'
export { smoothWithinNotes } from './smooth-within-notes.ts'
export { pitchHaloSec, trackPitch, windowStepFrames } from './track-pitch.ts'
export { defaultPitchRange, type PitchTrack, type PitchTracker, type TrackOptions } from './tracker.ts'
