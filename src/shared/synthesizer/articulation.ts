import { secondsToSamples, type Hertz, type Seconds } from '../units/time.ts'
import {
  consonantDurationMs,
  consonantPhases,
  SHAPED_FORMANT_COUNT,
  vowelShapes,
  type Consonant,
  type ConsonantPhase,
  type Frication,
  type TractShape,
} from './phonemes.ts'
import { startsPhrase } from './pitch-track.ts'
import type { Note, Score } from './score.ts'
import { smoothTrack } from './smoothing.ts'
import { shapeForVoice, type Voice } from './voices.ts'

/** What the sources and the tract do at every control step. */
export interface ArticulationTracks {
  /** Linear, 0…1. */
  readonly voicing: Float64Array
  readonly aspiration: Float64Array
  readonly frication: Float64Array
  readonly fricationCenterHz: Float64Array
  readonly fricationBandwidthHz: Float64Array
  /** 0 softest … 1 loudest: level and shape of the pulse follow it. */
  readonly effort: Float64Array
  readonly formantsHz: readonly Float64Array[]
  readonly bandwidthsHz: readonly Float64Array[]
}

/** Level of unvoiced breath (h, the puff after t) beside a loud voice. */
const PUFF_LEVEL = 0.075
const INHALE_LEVEL = 0.016
const INHALE_SEC = 0.38
const INHALE_GAP_SEC = 0.06
const RELEASE_SEC = 0.07
/** A consonant takes at most this share of the note it shortens. */
const CONSONANT_SHARE = 0.45
/** Time constants of the movement: tongue and jaw, vocal folds, a hiss or burst, breath pressure. */
const FORMANT_TAU_SEC = 0.016
const VOICING_TAU_SEC = 0.006
const FRICATION_TAU_SEC = 0.0025
const EFFORT_TAU_SEC = 0.05

/** The tracks of one score sung by one voice. Pure: the same score gives the same tracks. */
export function articulate(score: Score, voice: Voice, controlRateHz: Hertz): ArticulationTracks {
  const stepCount = secondsToSamples(score.durationSec, controlRateHz) + 1
  const painter = createPainter(stepCount, voice, controlRateHz)
  for (const [index, note] of score.notes.entries())
    paintNote(painter, note, score.notes[index - 1], score.notes[index + 1])
  return painter.finish()
}

type Painter = ReturnType<typeof createPainter>

function paintNote(painter: Painter, note: Note, previous: Note | undefined, following: Note | undefined): void {
  const isFirst = startsPhrase(note, previous)
  const isLast = following === undefined || startsPhrase(following, note)
  const endSec = note.startSec + note.durationSec
  const vowel = vowelShapes[note.syllable.vowel]
  const onsetSec = isFirst
    ? consonantSec(note.syllable.onset, 1)
    : consonantSec(note.syllable.onset, previous?.durationSec ?? 1)
  if (isFirst) painter.inhale(note.startSec - onsetSec - INHALE_GAP_SEC)
  painter.shapeFrom(note.startSec - onsetSec - (isFirst ? 0.1 : 0), endSec, vowel, note)
  painter.effort(note, isFirst, isLast)
  painter.vowel(note.startSec, isLast ? endSec - RELEASE_SEC / 2 : endSec)
  painter.consonant(note.syllable.onset, note.startSec - onsetSec, note.startSec, note)
  const codaSec = consonantSec(note.syllable.coda, note.durationSec)
  const codaEndSec = isLast ? endSec : endSec - consonantSec(following.syllable.onset, note.durationSec)
  painter.consonant(note.syllable.coda, codaEndSec - codaSec, codaEndSec, note)
}

const consonantSec = (consonant: Consonant | null, noteSec: Seconds): Seconds =>
  consonant === null ? 0 : Math.min(consonantDurationMs(consonant) / 1000, CONSONANT_SHARE * noteSec)

function createPainter(stepCount: number, voice: Voice, rateHz: Hertz) {
  const track = () => new Float64Array(stepCount)
  const [voicing, aspiration, frication, effort] = [track(), track(), track(), track()]
  const fricationCenterHz = track().fill(5000)
  const fricationBandwidthHz = track().fill(3000)
  const resting = shapeForVoice(voice, vowelShapes.neutral, 'neutral')
  const formantsHz = resting.formantsHz.map((hz) => track().fill(hz))
  const bandwidthsHz = resting.bandwidthsHz.map((hz) => track().fill(hz))

  const fill = (target: Float64Array, fromSec: Seconds, toSec: Seconds, value: number) => {
    target.fill(value, Math.max(0, Math.round(fromSec * rateHz)), Math.max(0, Math.round(toSec * rateHz)))
  }
  function fillShape(fromSec: Seconds, toSec: Seconds, shape: TractShape): void {
    for (let index = 0; index < SHAPED_FORMANT_COUNT; index++) {
      fill(formantsHz[index], fromSec, toSec, shape.formantsHz[index])
      fill(bandwidthsHz[index], fromSec, toSec, shape.bandwidthsHz[index])
    }
  }
  function fillFrication(fromSec: Seconds, toSec: Seconds, hiss: Frication | null): void {
    fill(frication, fromSec, toSec, hiss?.gain ?? 0)
    if (hiss === null) return
    fill(fricationCenterHz, fromSec, toSec, hiss.centerHz)
    fill(fricationBandwidthHz, fromSec, toSec, hiss.bandwidthHz)
  }
  function paintPhase(phase: ConsonantPhase, fromSec: Seconds, toSec: Seconds): void {
    fill(voicing, fromSec, toSec, phase.voicing)
    fill(aspiration, fromSec, toSec, phase.aspiration * (phase.voicing > 0 ? voice.breath : PUFF_LEVEL))
    fillFrication(fromSec, toSec, phase.frication)
    if (phase.tract !== null) fillShape(fromSec, toSec, shapeForVoice(voice, phase.tract, null))
  }

  return {
    inhale(endSec: Seconds) {
      fill(aspiration, endSec - INHALE_SEC, endSec, INHALE_LEVEL)
    },
    shapeFrom(fromSec: Seconds, toSec: Seconds, shape: TractShape, note: Note) {
      fillShape(fromSec, toSec, shapeForVoice(voice, shape, note.syllable.vowel))
    },
    /** Each note swells toward its middle; a phrase begins and ends softer. */
    effort(note: Note, isFirst: boolean, isLast: boolean) {
      const base = Math.max(0, note.loudness - (isFirst || isLast ? 0.06 : 0))
      const third = note.durationSec / 3
      for (const [part, gain] of [0.92, 1.06, isLast ? 0.8 : 0.94].entries())
        fill(effort, note.startSec - 0.1 + part * third, note.startSec + (part + 1) * third + 0.05, base * gain)
    },
    vowel(fromSec: Seconds, toSec: Seconds) {
      fill(voicing, fromSec, toSec, 1)
      fill(aspiration, fromSec, toSec, voice.breath)
    },
    consonant(consonant: Consonant | null, fromSec: Seconds, toSec: Seconds, note: Note) {
      if (consonant === null) return
      const stretch = (toSec - fromSec) / (consonantDurationMs(consonant) / 1000)
      let positionSec = fromSec
      for (const phase of consonantPhases[consonant]) {
        const endSec = positionSec + (stretch * phase.durationMs) / 1000
        if (phase.tract === null)
          fillShape(positionSec, endSec, shapeForVoice(voice, vowelShapes[note.syllable.vowel], note.syllable.vowel))
        paintPhase(phase, positionSec, endSec)
        positionSec = endSec
      }
    },
    finish(): ArticulationTracks {
      smoothTrack(voicing, VOICING_TAU_SEC * rateHz)
      smoothTrack(aspiration, 2 * VOICING_TAU_SEC * rateHz)
      smoothTrack(frication, FRICATION_TAU_SEC * rateHz)
      smoothTrack(effort, EFFORT_TAU_SEC * rateHz)
      for (const formant of [...formantsHz, ...bandwidthsHz]) smoothTrack(formant, FORMANT_TAU_SEC * rateHz)
      return {
        voicing,
        aspiration,
        frication,
        fricationCenterHz,
        fricationBandwidthHz,
        effort,
        formantsHz,
        bandwidthsHz,
      }
    },
  }
}
