import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { melodyShift, type MelodyEditing } from '../../../../src/shared/melody/index.ts'
import type { PitchEdit, ScaleCorrection } from '../../../../src/shared/project/performance.ts'
import { hzToMidi } from '../../../../src/shared/units/pitch.ts'
import { sung } from './made-melody.ts'

/** 48 kHz: a frame is 240 samples; the first stands at 1,000. */
const place = { startSamples: 1000, rateHz: 48_000 }
const at = (frame: number) => 1000 + 240 * frame

type NoteEdit = Extract<PitchEdit, { kind: 'note' }>
const note = (startFrame: number, endFrame: number, changes: Partial<NoteEdit> = {}): NoteEdit => ({
  kind: 'note',
  startSamples: at(startFrame),
  endSamples: at(endFrame),
  semitones: 0,
  vibrato: 1,
  drift: 1,
  ...changes,
})
const drawn = (...corners: (readonly [frame: number, midi: number])[]): PitchEdit => ({
  kind: 'drawn',
  curve: corners.map(([frame, value]) => ({ atSamples: at(frame), value })),
})
const editing = (pitchEdits: readonly PitchEdit[], scaleCorrection: ScaleCorrection | null = null): MelodyEditing => ({
  pitchEdits,
  scaleCorrection,
})
function edited(f0: Float64Array, what: MelodyEditing): Float64Array {
  const shift = melodyShift(f0, what, place) ?? new Float64Array(f0.length)
  return f0.map((hz, frame) => (hz > 0 ? hzToMidi(hz) + shift[frame] : NaN))
}

const three = sung([{ midi: 60 }, { midi: 62, vibrato: 0.3 }, { midi: 59 }])

describe('nothing is changed', () => {
  test('by notes edited to what they are, wherever they lie', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (a, b) => {
        const edits = [note(Math.min(a, b), Math.max(a, b) + 1)]
        expect(melodyShift(three, editing(edits), place)).toBe(null)
      }),
    )
  })

  test('by a correction of strength 0, by edits elsewhere, and where nothing is voiced', () => {
    const correction = { tonic: 0, scale: 'major', strength: 0 } as const
    expect(melodyShift(three, editing([], correction), place)).toBe(null)
    expect(melodyShift(three, editing([note(400, 500, { semitones: 3 })]), place)).toBe(null)
    expect(melodyShift(new Float64Array(90), editing([note(0, 90, { semitones: 3 })]), place)).toBe(null)
  })
})

describe('a note', () => {
  test('is moved inside of itself, its neighbors stay as sung', () => {
    const shift = melodyShift(three, editing([note(60, 120, { semitones: 4 })]), place)
    if (!shift) throw new Error('it is moved')
    expect(Array.from(shift.subarray(0, 60))).toEqual(new Array(60).fill(0))
    expect(Array.from(shift.subarray(120))).toEqual(new Array(60).fill(0))
    expect(Array.from(shift.subarray(66, 114))).toEqual(new Array(48).fill(4))
  })

  test('goes over into its neighbor within 30 ms, without a leap', () => {
    const shift = melodyShift(
      three,
      editing([note(60, 120, { semitones: 4 }), note(120, 180, { semitones: -2 })]),
      place,
    )
    if (!shift) throw new Error('it is moved')
    const greatest = shift.subarray(1).reduce((most, value, frame) => Math.max(most, Math.abs(value - shift[frame])), 0)
    expect(greatest).toBeLessThan((6 * Math.PI) / 2 / 5)
    expect(shift[120 - 4]).toBe(4)
    expect(shift[120 + 4]).toBe(-2)
  })

  test('between pauses is moved from its first to its last voiced frame', () => {
    const f0 = sung([{ midi: null, frames: 10 }, { midi: 60 }, { midi: null, frames: 10 }, { midi: 64 }])
    const shift = melodyShift(f0, editing([note(10, 70, { semitones: 2 })]), place)
    expect(Array.from(shift?.subarray(10, 70) ?? [])).toEqual(new Array(60).fill(2))
    expect(Array.from(shift?.subarray(80) ?? [])).toEqual(new Array(60).fill(0))
  })

  test('becomes flat without vibrato and drift', () => {
    const f0 = sung([{ midi: 60 }, { midi: 65, frames: 200, vibrato: 0.5, slope: 0.6 }])
    const flat = edited(f0, editing([note(60, 260, { vibrato: 0, drift: 0 })]))
    flat.subarray(66, 254).forEach((midi) => expect(midi).toBeCloseTo(65, 1))
    const spread = flat.subarray(66, 254)
    expect(Math.max(...spread) - Math.min(...spread)).toBeLessThan(0.01)
  })

  test.each([0, 0.5, 2, 3])('with its vibrato times %d keeps its slow movement', (factor) => {
    const whole = { midi: 60, frames: 300, vibrato: 0.4, slope: 0.5 }
    const slow = edited(sung([{ ...whole, vibrato: 0 }]), editing([]))
    const change = edited(sung([whole]), editing([note(0, 300, { vibrato: factor })])).subarray(50, 250)
    const extent = Math.max(...change.map((midi, frame) => Math.abs(midi - slow[frame + 50])))
    expect(Math.abs(extent - 0.4 * factor)).toBeLessThan(0.06 * (1 + factor))
  })

  test('without drift keeps its vibrato', () => {
    const f0 = sung([{ midi: 60, frames: 300, vibrato: 0.4, slope: 0.8 }])
    const pure = edited(sung([{ midi: 60, frames: 300, vibrato: 0.4 }]), editing([]))
    const still = edited(f0, editing([note(0, 300, { drift: 0 })]))
    still.subarray(50, 250).forEach((midi, frame) => expect(Math.abs(midi - pure[frame + 50])).toBeLessThan(0.1))
  })
})

describe('a drawn span', () => {
  test('is sung as it was drawn, and its neighbors stay', () => {
    const melody = edited(three, editing([drawn([70, 64], [100, 67], [150, 58])]))
    const before = edited(three, editing([]))
    for (let frame = 76; frame < 144; frame++) {
      const line = frame < 100 ? 64 + (frame - 70) / 10 : 67 - ((frame - 100) * 9) / 50
      expect(melody[frame]).toBeCloseTo(line, 9)
    }
    for (const frame of [0, 30, 69, 150, 179]) expect(melody[frame]).toBe(before[frame])
  })

  test('is moved by two octaves at most', () => {
    const shift = melodyShift(three, editing([drawn([0, 120], [180, 120])]), place)
    expect(Math.max(...(shift ?? []))).toBe(24)
  })
})

describe('a scale', () => {
  const major = (strength: number): ScaleCorrection => ({ tonic: 0, scale: 'major', strength })
  const flat = sung([{ midi: 60.4 }, { midi: 63.3, frames: 200, vibrato: 0.3 }, { midi: 66.8 }])
  const centers = (melody: Float64Array) => [30, 160, 290].map((frame) => {
    const part = melody.slice(frame - 18, frame + 18)
    return part.reduce((sum, midi) => sum + midi, 0) / part.length
  }) // prettier-ignore

  test('draws the centers of notes to its degrees, with its strength, and leaves their vibrato', () => {
    const whole = centers(edited(flat, editing([], major(1))))
    ;[60, 64, 67].forEach((degree, index) => expect(whole[index]).toBeCloseTo(degree, 1))
    const half = centers(edited(flat, editing([], major(0.5))))
    ;[60.2, 63.65, 66.9].forEach((degree, index) => expect(half[index]).toBeCloseTo(degree, 1))
    const movement = edited(flat, editing([], major(1))).subarray(66, 254)
    expect(Math.max(...movement) - Math.min(...movement)).toBeGreaterThan(0.5)
  })

  test('draws a moved note from where it was moved to, and leaves what was drawn', () => {
    const what = editing([note(0, 60, { semitones: 1.5 }), drawn([60, 63.3], [260, 63.3])], major(1))
    const melody = edited(flat, what)
    expect(melody[30]).toBeCloseTo(62, 9)
    expect(melody[160]).toBeCloseTo(63.3, 9)
    expect(melody[290]).toBeCloseTo(67, 9)
  })

  test('is built on its tonic', () => {
    const f0 = sung([{ midi: 66.2 }])
    const center = (tonic: number, scale: ScaleCorrection['scale']) =>
      edited(f0, editing([], { tonic, scale, strength: 1 }))[30]
    expect(center(0, 'chromatic')).toBeCloseTo(66, 9)
    expect(center(0, 'major')).toBeCloseTo(67, 9)
    expect(center(1, 'major')).toBeCloseTo(66, 9)
    expect(center(2, 'minor')).toBeCloseTo(67, 9)
  })
})
