import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import type { SingerId } from '../../../../src/shared/base/id.ts'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { analyzePitch } from '../../../../src/shared/conversion/analyze.ts'
import { convertRegion } from '../../../../src/shared/conversion/convert.ts'
import type { PreparedSinger } from '../../../../src/shared/conversion/prepared-singer.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import { planSpan, surveySpan } from '../../../../src/shared/conversion/windows.ts'
import { findNotes, type SungNote } from '../../../../src/shared/melody/index.ts'
import type { Kernels } from '../../../../src/shared/kernels/kernels.ts'
import { defaultPerformance, type Performance, type PitchEdit } from '../../../../src/shared/project/performance.ts'
import {
  exerciseScore,
  synthesize,
  transposeScore,
  voices,
  type Voice,
} from '../../../../src/shared/synthesizer/index.ts'
import { hzToMidi } from '../../../../src/shared/units/pitch.ts'
import { compiledKernels } from '../../../support/compiled-kernel.ts'
import { untrainedSinger } from '../../../support/singers.ts'
import { knownOf } from '../../../support/known-sounds.ts'
import { sincResample } from '../../../support/sinc-resample.ts'

const RATE_HZ = 24_000
const at = (frame: number) => (frame * RATE_HZ) / 200
let singer: PreparedSinger
let kernels: Kernels
beforeAll(async () => {
  kernels = await compiledKernels()
  singer = untrainedSinger()
})

function sing(voice: Voice, semitones: number): Float32Array {
  const score = transposeScore(exerciseScore(6, createRandom(17)), semitones)
  return Float32Array.from(synthesize(score, voice, RATE_HZ, 23).samples)
}

/** Notes with fractions per 5 ms frame, NaN where unvoiced. */
function pitchOf(x: Float32Array): Float64Array {
  const source = sourceOf([x], RATE_HZ)
  const span = planSpan(source, 0, source.durationSamples)
  const f0 = analyzePitch(span, surveySpan(span, silentProgress), sincResample, silentProgress)
  return Float64Array.from(f0, (hz) => (hz > 0 ? hzToMidi(hz) : NaN))
}

function convert(x: Float32Array, changes: Partial<Performance>): Float32Array {
  const written: Float32Array[] = []
  const source = sourceOf([x], RATE_HZ)
  convertRegion({
    source,
    startSamples: 0,
    durationSamples: source.durationSamples,
    singer,
    performance: {
      ...defaultPerformance('1' as SingerId), // an id that nobody reads
      transposition: { kind: 'semitones', semitones: 0 },
      strength: 0,
      ...changes,
    },
    emotion: null,
    resample: sincResample,
    kernels,
    progress: silentProgress,
    known: knownOf(x),
    sink: { write: ([channel]) => written.push(channel) },
  })
  return Float32Array.from(written.flatMap((block) => Array.from(block)))
}

/** Of the frames that have a pitch. */
function middleOf(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  return sorted[sorted.length >> 1]
}
const medianCents = (a: Float64Array, b: Float64Array) =>
  middleOf(a.map((midi, frame) => Math.abs(midi - b[frame]) * 100))

/** The longest note that has a note right before and after it. */
function middleNote(notes: readonly SungNote[]): { readonly index: number; readonly note: SungNote } {
  const length = ({ startFrame, endFrame }: SungNote) => endFrame - startFrame
  const inner = notes.map((note, index) => ({ note, index })).slice(1, -1)
  return inner.reduce((best, one) => (length(one.note) > length(best.note) ? one : best))
}

const cases: readonly (readonly [name: string, voice: Voice, semitones: number])[] = [
  ['a tenor', voices.lead, 0],
  ['a soprano', voices.high, 9],
  ['a baritone', voices.low, -11],
]

test.each(cases)(
  '%s sings what was drawn to 5 cents, and the notes around it to 1 cent as before',
  (_, voice, semitones) => {
    const x = sing(voice, semitones)
    const sung = pitchOf(x)
    const notes = findNotes(sung.map((midi) => (Number.isNaN(midi) ? 0 : 440 * 2 ** ((midi - 69) / 12))))
    const { note, index } = middleNote(notes)
    const curve = [
      { atSamples: at(note.startFrame), value: note.center + 3 },
      { atSamples: at((note.startFrame + note.endFrame) >> 1), value: note.center - 2 },
      { atSamples: at(note.endFrame), value: note.center + 1 },
    ]
    const found = pitchOf(convert(x, { pitchEdits: [{ kind: 'drawn', curve }] }))
    const [first, last] = [note.startFrame + 8, note.endFrame - 8]
    const half = (note.endFrame + note.startFrame) >> 1
    const drawn = Float64Array.from({ length: last - first }, (_, offset) => {
      const frame = first + offset
      return frame < half
        ? note.center + 3 - (5 * (frame - note.startFrame)) / (half - note.startFrame)
        : note.center - 2 + (3 * (frame - half)) / (note.endFrame - half)
    })
    const drawnCents = medianCents(found.subarray(first, last), drawn)
    const moves = [notes[index - 1], notes[index + 1]].map(({ startFrame, endFrame }) =>
      middleOf(sung.slice(startFrame + 6, endFrame - 6).map((midi, frame) => found[startFrame + 6 + frame] - midi)),
    )
    expect(drawnCents).toBeLessThan(5)
    for (const move of moves) expect(Math.abs(move)).toBeLessThan(0.01)
  },
  30_000,
)

test('a phrase in which nothing is edited is the source’s, sample for sample', () => {
  const x = sing(voices.lead, 0)
  const sung = pitchOf(x)
  const pause = sung.findIndex((_, frame) => frame > 100 && sung.subarray(frame, frame + 40).every(Number.isNaN))
  const frameCount = pause + 20
  const edit: PitchEdit = {
    kind: 'note',
    startSamples: 0,
    endSamples: at(frameCount),
    semitones: 3,
    vibrato: 1,
    drift: 1,
  }
  const moved = convert(x, { pitchEdits: [edit] })
  const gap = (from: number, to: number) =>
    x.subarray(from, to).reduce((most, value, index) => Math.max(most, Math.abs(value - moved[from + index])), 0)
  expect(gap(0, at(pause))).toBeGreaterThan(0.1)
  expect(gap(at(pause + 40), x.length)).toBeLessThan(1e-6)
}, 30_000)

test('edits to what is sung change no bit, also of a converted voice', () => {
  const x = sing(voices.lead, 0)
  const edits: PitchEdit[] = [
    { kind: 'note', startSamples: at(100), endSamples: at(300), semitones: 0, vibrato: 1, drift: 1 },
  ]
  const scaleCorrection = { tonic: 0, scale: 'major', strength: 0 } as const
  for (const strength of [0, 1])
    expect(convert(x, { strength, pitchEdits: edits, scaleCorrection })).toEqual(convert(x, { strength }))
}, 30_000)
