import type { Random } from '../base/random.ts'
import { midiToHz } from '../units/pitch.ts'
import { secondsToSamples, type Hertz, type Seconds } from '../units/time.ts'
import type { Note, Score } from './score.ts'
import { smoothTrack } from './smoothing.ts'
import type { Voice } from './voices.ts'

/** A rest of at least this much ends a phrase: the singer breathes and the next note is reached from below. */
export const PHRASE_GAP_SEC = 0.2

export const startsPhrase = (note: Note, previous: Note | undefined): boolean =>
  previous === undefined || note.startSec - previous.startSec - previous.durationSec >= PHRASE_GAP_SEC

const SCOOP_TIME_SEC = 0.055
/** Singers leave a note a little before the beat. */
const ANTICIPATION_SEC = 0.03
const RELEASE_FALL_CENTS = 45
const RELEASE_SEC = 0.09
/** Slow wander of an unaccompanied voice: spread, and how fast it forgets. */
const DRIFT_CENTS = 5
const DRIFT_TIME_SEC = 0.35
/** Vibrato of real singers is not a machine's: spread of its rate, relative. */
const VIBRATO_RATE_SPREAD = 0.05
/** Notes shorter than this get none. */
const SHORTEST_VIBRATO_NOTE_SEC = 0.4

/** The sung pitch in log2 Hz at every control step, running on through rests and unvoiced sounds. */
export function pitchTrack(score: Score, voice: Voice, controlRateHz: Hertz, random: Random): Float64Array {
  const stepCount = secondsToSamples(score.durationSec, controlRateHz) + 1
  const track = new Float64Array(stepCount)
  const notes = score.notes
  let noteIndex = 0
  for (let step = 0; step < stepCount; step++) {
    const timeSec = step / controlRateHz
    while (noteIndex + 1 < notes.length && timeSec >= changeSec(notes[noteIndex], notes[noteIndex + 1])) noteIndex++
    track[step] = Math.log2(midiToHz(notes.length === 0 ? 57 : notes[noteIndex].midi))
  }
  smoothTrack(track, voice.glideSec * controlRateHz * 0.5)
  addScoops(track, score, voice, controlRateHz, random)
  addVibrato(track, score, voice, controlRateHz, random)
  addDrift(track, controlRateHz, random)
  return track
}

/** A new phrase takes its pitch in the middle of the silence before it, a note within a phrase just before its beat. */
const changeSec = (from: Note, to: Note): Seconds =>
  startsPhrase(to, from) ? 0.5 * (from.startSec + from.durationSec + to.startSec) : to.startSec - ANTICIPATION_SEC

function addScoops(track: Float64Array, score: Score, voice: Voice, rateHz: Hertz, random: Random): void {
  for (const [index, note] of score.notes.entries()) {
    const following = score.notes[index + 1]
    if (startsPhrase(note, score.notes[index - 1])) {
      const depth = (voice.scoopCents * (0.4 + 0.6 * random.uniform())) / 1200
      forSteps(track, note.startSec - 0.12, note.startSec + 0.4, rateHz, (step, timeSec) => {
        track[step] -= depth * Math.exp(-Math.max(0, timeSec - note.startSec) / SCOOP_TIME_SEC)
      })
    }
    if (following === undefined || startsPhrase(following, note)) {
      const endSec = note.startSec + note.durationSec
      forSteps(track, endSec - RELEASE_SEC, endSec + 0.05, rateHz, (step, timeSec) => {
        track[step] -= (RELEASE_FALL_CENTS / 1200) * Math.min(1, (timeSec - endSec + RELEASE_SEC) / RELEASE_SEC) ** 2
      })
    }
  }
}

function addVibrato(track: Float64Array, score: Score, voice: Voice, rateHz: Hertz, random: Random): void {
  const { vibrato } = voice
  let phase = 0
  for (const note of score.notes) {
    const noteRateHz = vibrato.rateHz * (1 + VIBRATO_RATE_SPREAD * random.normal())
    const depth = (vibrato.depthCents * (0.75 + 0.5 * random.uniform())) / 1200
    if (note.durationSec < SHORTEST_VIBRATO_NOTE_SEC) continue
    const endSec = note.startSec + note.durationSec
    forSteps(track, note.startSec, endSec, rateHz, (step, timeSec) => {
      phase += noteRateHz / rateHz
      const rise = Math.min(1, Math.max(0, (timeSec - note.startSec - vibrato.delaySec) / vibrato.riseSec))
      const fall = Math.min(1, (endSec - timeSec) / RELEASE_SEC)
      track[step] += depth * rise * fall * Math.sin(2 * Math.PI * phase)
    })
  }
}

function addDrift(track: Float64Array, rateHz: Hertz, random: Random): void {
  const keep = Math.exp(-1 / (DRIFT_TIME_SEC * rateHz))
  const drift = new Float64Array(track.length)
  let value = 0
  for (let step = 0; step < drift.length; step++)
    drift[step] = value = keep * value + Math.sqrt(1 - keep * keep) * random.normal()
  smoothTrack(drift, 0.02 * rateHz) // a larynx does not shake at a thousand hertz
  for (let step = 0; step < track.length; step++) track[step] += (DRIFT_CENTS / 1200) * drift[step]
}

function forSteps(
  track: Float64Array,
  fromSec: Seconds,
  toSec: Seconds,
  rateHz: Hertz,
  visit: (step: number, timeSec: Seconds) => void,
): void {
  const last = Math.min(track.length, Math.ceil(toSec * rateHz))
  for (let step = Math.max(0, Math.ceil(fromSec * rateHz)); step < last; step++) visit(step, step / rateHz)
}
