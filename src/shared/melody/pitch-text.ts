import type { Numbers } from '../dsp/numbers.ts'
import { hzToMidi, midiToHz } from '../units/pitch.ts'

/** A pitch of this MIDI note is written as 1; 0 is unvoiced. */
const LOWEST_MIDI = 24
/** 4,095 steps reach over seven octaves: 2 cents each. */
const STEPS_PER_SEMITONE = 48
const HIGHEST_CODE = 4095
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** f0 in Hz per frame, 0 where unvoiced, as two letters a frame: exact to a cent from 33 Hz to 4 kHz. */
export function writePitch(f0Hz: Numbers): string {
  let text = ''
  for (const hz of f0Hz) {
    const step = hz > 0 ? Math.round((hzToMidi(hz) - LOWEST_MIDI) * STEPS_PER_SEMITONE) + 1 : 0
    const code = hz > 0 ? Math.min(Math.max(step, 1), HIGHEST_CODE) : 0
    text += LETTERS[code >> 6] + LETTERS[code & 63]
  }
  return text
}

/** What `writePitch` wrote; other letters count as unvoiced. */
export const readPitch = (text: string): Float32Array =>
  Float32Array.from({ length: text.length >> 1 }, (_, frame) => {
    const code = 64 * LETTERS.indexOf(text[2 * frame]) + LETTERS.indexOf(text[2 * frame + 1])
    return code > 0 ? midiToHz(LOWEST_MIDI + (code - 1) / STEPS_PER_SEMITONE) : 0
  })
