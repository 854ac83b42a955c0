import { hzToMidi } from '../../units/pitch.ts'

/** What the networks hear of pitch: 0 for unvoiced, else linear in Hz over this range (PitchNet). */
const LOWEST_HZ = 48
const HIGHEST_HZ = 1568

/** The inverse, of what is voiced. */
export const pitchHz = (input: number): number => LOWEST_HZ + input * (HIGHEST_HZ - LOWEST_HZ)

/** A latent has so many frames of pitch. */
export const PITCH_FRAMES_PER_LATENT = 8
/** The lowest channel of notes, C2, and how far the next ones are. */
const LOWEST_NOTE = 36
const SEMITONES_APART = 2

/** 0…1. */
export const pitchInput = (hz: number): number =>
  hz === 0 ? 0 : Math.min(Math.max((hz - LOWEST_HZ) / (HIGHEST_HZ - LOWEST_HZ), 0), 1)

/**
 * A track as notes: for each latent the mean over its voiced frames of how near the pitch lies to each channel's note, 1
 * there and 0 at its neighbors', in a straight line; nothing where none is voiced. A number that grows with the pitch
 * has to be multiplied a hundredfold before it tells one note from the next; such channels tell it at once.
 * @param track as the networks hear it, `PITCH_FRAMES_PER_LATENT` numbers for each latent
 * @returns [latents × count]
 */
export function notesOf(track: Float32Array, count: number): Float32Array {
  const notes = new Float32Array((track.length / PITCH_FRAMES_PER_LATENT) * count)
  for (let first = 0; first < track.length; first += PITCH_FRAMES_PER_LATENT) {
    const voiced = track.subarray(first, first + PITCH_FRAMES_PER_LATENT).filter((value) => value > 0)
    for (const value of voiced) {
      const place = Math.min(Math.max((hzToMidi(pitchHz(value)) - LOWEST_NOTE) / SEMITONES_APART, 0), count - 1)
      const from = (first / PITCH_FRAMES_PER_LATENT) * count
      const [below, share] = [Math.floor(place), place % 1]
      notes[from + below] += (1 - share) / voiced.length
      if (share > 0) notes[from + below + 1] += share / voiced.length
    }
  }
  return notes
}

/** Latents [frames × latent] and their notes, side by side: what the decoder is told for each. */
export function withNotes(latents: Float32Array, track: Float32Array | null, latent: number, notes = 0): Float32Array {
  if (track === null || notes === 0) return latents
  const told = notesOf(track, notes)
  const frames = latents.length / latent
  const held = new Float32Array(frames * (latent + notes))
  for (let frame = 0; frame < frames; frame++) {
    held.set(latents.subarray(frame * latent, (frame + 1) * latent), frame * (latent + notes))
    held.set(told.subarray(frame * notes, (frame + 1) * notes), frame * (latent + notes) + latent)
  }
  return held
}

/**
 * Tracks of several items, one after the other, each at `sampleCount` places: linear, the first and last frames meeting
 * the first and last samples.
 */
export function stretchTracks(tracks: Float32Array, itemCount: number, sampleCount: number): Float32Array {
  const frames = tracks.length / itemCount
  const stretched = new Float32Array(itemCount * sampleCount)
  for (let item = 0; item < itemCount; item++) {
    for (let at = 0; at < sampleCount; at++) {
      const position = sampleCount === 1 ? 0 : (at * (frames - 1)) / (sampleCount - 1)
      const left = Math.min(Math.floor(position), frames - 1)
      const right = Math.min(left + 1, frames - 1)
      const [before, after] = [tracks[item * frames + left], tracks[item * frames + right]]
      stretched[item * sampleCount + at] = before + (after - before) * (position - left)
    }
  }
  return stretched
}
