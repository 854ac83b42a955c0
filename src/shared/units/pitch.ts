/** Frequency in hertz. */
export type PitchHz = number
/** MIDI note number: 69 is 440 Hz, one per semitone. */
export type Midi = number
/** Hundredths of a semitone. */
export type Cents = number

const noteNames = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B'] as const

export const hzToMidi = (hz: PitchHz): Midi => 69 + 12 * Math.log2(hz / 440)
export const midiToHz = (midi: Midi): PitchHz => 440 * 2 ** ((midi - 69) / 12)
export const hzToCents = (hz: PitchHz, referenceHz: PitchHz): Cents => 1200 * Math.log2(hz / referenceHz)
export const semitonesToRatio = (semitones: number): number => 2 ** (semitones / 12)

/** Name of the nearest note, "E4" for 330 Hz. */
export function noteName(midi: Midi): string {
  const nearest = Math.round(midi)
  return `${noteNames[((nearest % 12) + 12) % 12]}${Math.floor(nearest / 12) - 1}`
}
