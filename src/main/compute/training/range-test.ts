import { concatenated } from '../../../shared/base/concatenated.ts'
import { silentProgress, subProgress, type Progress } from '../../../shared/base/progress.ts'
import { analyzeClip } from '../../../shared/conversion/clip-features.ts'
import { convertRegion } from '../../../shared/conversion/convert.ts'
import {
  ANALYSIS_RATE_HZ,
  F0_CEIL_HZ,
  F0_FLOOR_HZ,
  FRAMES_PER_SEC,
  shapes,
} from '../../../shared/conversion/features.ts'
import { limitBank } from '../../../shared/conversion/limit-bank.ts'
import { singerRegister } from '../../../shared/conversion/pitch-plan.ts'
import { prepareSinger } from '../../../shared/conversion/prepared-singer.ts'
import type { SingerModel } from '../../../shared/conversion/singer-model.ts'
import { sourceOf, type Resample } from '../../../shared/conversion/sound.ts'
import { BANDS, measureNote } from '../../../shared/evaluation/index.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { longestRun, type SingerRange, type TriedNote } from '../../../shared/project/singer-range.ts'
import { synthesize, voices, type Note, type Score, type Voice } from '../../../shared/synthesizer/index.ts'
import { hzToMidi, type Midi } from '../../../shared/units/pitch.ts'

/** How far beyond the clips' own notes the scale goes on both sides. */
const REACH_SEMITONES = 6
/** Whole tones: half the time, and a range is not told finer than that. */
const STEP_SEMITONES = 2
const NOTE_SEC = 0.7
/** The scoop into a note and its end are the source's manner, not the singer's range. */
const LEAD_SEC = 0.25
const TAIL_SEC = 0.1
const REST_SEC = 0.15
const BANK_FRAMES = 3000
const SEED = 11
/** Two vowels on each note: what is easy on one may not be on the other. */
const VOWELS = ['a', 'i'] as const
/** Who sings the scale for the singer: the voice that has the note in its middle. */
const VOICE_FROM: readonly { readonly lowest: Midi; readonly voice: Voice }[] = [
  { lowest: 0, voice: voices.low },
  { lowest: 52, voice: voices.lead },
  { lowest: 62, voice: voices.high },
]

export interface RangeTestInput {
  readonly model: SingerModel
  readonly resample: Resample
  readonly kernels: Kernels
  readonly progress: Progress
}

/**
 * Has the singer sing a scale through its clips' range and some notes beyond, and measures each note: what was asked
 * for, whether it stayed a voice, how near it came to the singer's own sound, and how smooth it is.
 */
export function testRange({ model, resample, kernels, progress }: RangeTestInput): SingerRange {
  progress.report(0, 'trying the range')
  const scale = singScale(notesToTry(model))
  const bank = limitBank(model.bank, BANK_FRAMES)
  const sung: Float32Array[] = []
  convertRegion({
    source: sourceOf([scale.samples], ANALYSIS_RATE_HZ),
    startSamples: 0,
    durationSamples: scale.samples.length,
    singer: prepareSinger({ ...model, bank }, silentProgress, kernels),
    performance: {
      emotion: { emotionId: 'neutral', intensity: 0 },
      transposition: { kind: 'semitones', semitones: 0 },
      strength: 1,
    },
    emotion: null,
    resample,
    kernels,
    progress: quietly(subProgress(progress, 0, 0.7)),
    sink: { write: ([channel]) => void sung.push(channel) },
  })
  const samples = concatenated(sung)
  const features = analyzeClip(
    sourceOf([samples], ANALYSIS_RATE_HZ),
    resample,
    quietly(subProgress(progress, 0.7, 1)),
    kernels,
  )
  const sungShapes = shapes(features.lm)
  const notes = scale.notes.map(({ midi, startSec }): TriedNote => {
    const [start, end] = [startSec + LEAD_SEC, startSec + NOTE_SEC - TAIL_SEC]
    const frames = (values: Float32Array | Float64Array, width = 1) =>
      values.subarray(Math.round(start * FRAMES_PER_SEC) * width, Math.round(end * FRAMES_PER_SEC) * width)
    const sound = (values: Float32Array) =>
      values.subarray(Math.round(start * ANALYSIS_RATE_HZ), Math.round(end * ANALYSIS_RATE_HZ))
    return measureNote(
      {
        midi,
        rateHz: ANALYSIS_RATE_HZ,
        source: { samples: sound(scale.samples), f0: frames(scale.f0Hz) },
        sung: { samples: sound(samples), f0: frames(features.f0) },
        shapes: frames(sungShapes, BANDS),
      },
      model.bank,
    )
  })
  return {
    notes,
    comfortable: longestRun(notes, ['comfortable']),
    usable: longestRun(notes, ['comfortable', 'usable']),
    isSung: singerRegister(model).isSung,
  }
}

/** The steps inside are of no interest: the phase stays what it is about. */
const quietly = (progress: Progress): Progress => ({
  report: (fraction) => progress.report(fraction),
  get isCancelled() {
    return progress.isCancelled
  },
})

function notesToTry({ lowestHz, highestHz }: SingerModel): Midi[] {
  const lowest = Math.max(Math.round(hzToMidi(lowestHz)) - REACH_SEMITONES, Math.ceil(hzToMidi(F0_FLOOR_HZ)) + 1)
  const highest = Math.min(Math.round(hzToMidi(highestHz)) + REACH_SEMITONES, Math.floor(hzToMidi(F0_CEIL_HZ)) - 1)
  const count = Math.max(1, Math.floor((highest - lowest) / STEP_SEMITONES) + 1)
  return Array.from({ length: count }, (_, index) => lowest + index * STEP_SEMITONES)
}

interface Scale {
  readonly samples: Float32Array
  readonly f0Hz: Float32Array
  readonly notes: readonly { readonly midi: Midi; readonly startSec: number }[]
}

/** Each voice sings its part of the scale; the parts follow each other. */
function singScale(notes: readonly Midi[]): Scale {
  const parts = VOICE_FROM.map(({ lowest, voice }, index) => {
    const below = VOICE_FROM[index + 1]?.lowest ?? Infinity
    return { voice, notes: notes.filter((midi) => midi >= lowest && midi < below) }
  }).filter((part) => part.notes.length > 0)
  let startSec = 0
  const sung = parts.map(({ voice, notes: own }) => {
    const recording = synthesize(scoreOf(own), voice, ANALYSIS_RATE_HZ, SEED)
    const placed = own.map((midi, index) => ({ midi, startSec: startSec + index * (NOTE_SEC + REST_SEC) }))
    startSec += own.length * (NOTE_SEC + REST_SEC)
    // A recording has one frame more than its hops: the next part's first stands at the same place.
    const frameCount = Math.round(own.length * (NOTE_SEC + REST_SEC) * FRAMES_PER_SEC)
    return { samples: recording.samples, f0Hz: recording.f0Hz.subarray(0, frameCount), placed }
  })
  return {
    samples: concatenated(sung.map((part) => part.samples)),
    f0Hz: concatenated(sung.map((part) => part.f0Hz)),
    notes: sung.flatMap((part) => part.placed),
  }
}

const scoreOf = (notes: readonly Midi[]): Score => ({
  durationSec: notes.length * (NOTE_SEC + REST_SEC),
  notes: notes.flatMap((midi, index) =>
    VOWELS.map((vowel, half): Note => ({
      startSec: index * (NOTE_SEC + REST_SEC) + (half * NOTE_SEC) / VOWELS.length,
      durationSec: NOTE_SEC / VOWELS.length,
      midi,
      syllable: { onset: null, vowel, coda: null },
      loudness: 0.62,
    })),
  ),
})
