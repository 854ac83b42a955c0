export { melodyShift, type MelodyEditing } from './edit-melody.ts'
export { findNotes, type SungNote, type Vibrato } from './find-notes.ts'
export { MELODY_FRAMES_PER_SEC, frameFrom, positionOf, type MelodyPlace } from './melody-frames.ts'
export { nearestDegree } from './scale.ts'
