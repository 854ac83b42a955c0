import { beforeAll, expect, test } from 'vitest'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { analyzePitch, readWindow } from '../../../../src/shared/conversion/analyze.ts'
import type { SpectralChange } from '../../../../src/shared/conversion/differential-filter.ts'
import { keepInTune, type TunedRequest } from '../../../../src/shared/conversion/keep-in-tune.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import { planSpan, surveySpan } from '../../../../src/shared/conversion/windows.ts'
import { plainKernels } from '../../../../src/shared/kernels/kernels.ts'
import { sungSource } from '../../../support/singers.ts'
import { sincResample } from '../../../support/sinc-resample.ts'

const RATE_HZ = 24_000
const NOTE_SEC = 0.7
let request: TunedRequest
let asked: Uint8Array[]

/** Two notes with a pause of 0.3 s between them, and a change of color that moves neither. */
beforeAll(() => {
  const note = sungSource(RATE_HZ, NOTE_SEC)
  const sound = new Float32Array(1.7 * RATE_HZ)
  sound.set(note)
  sound.set(note, RATE_HZ)
  const span = planSpan(sourceOf([sound], RATE_HZ), 0, sound.length)
  const survey = surveySpan(span, silentProgress)
  const f0 = analyzePitch(span, survey, sincResample, silentProgress)
  request = {
    span,
    survey,
    f0,
    read: readWindow(span),
    isMoved: true,
    expectedF0: f0,
    heardF0: f0,
    change: colored(span.frameCount, () => 0.5),
    isChangeExpression: true,
    readLeaving(isLeft) {
      asked.push(isLeft)
      return readWindow(span)
    },
    resample: sincResample,
    kernels: plainKernels,
  }
})

const colored = (frameCount: number, lift: (band: number) => number): SpectralChange => ({
  frameCount,
  readDifference: (_frame, difference) => difference.forEach((_, band) => (difference[band] = lift(band))),
})
/** Of the notes' harmonics only the second is left. */
const octaveUp = () => colored(request.span.frameCount, (band) => (band >= 10 && band <= 13 ? 5 : -5))

/** What is heard with the first note by so many cents off. */
const firstNoteOffBy = (cents: number): Float32Array =>
  request.f0.map((hz, frame) => (frame < 0.8 * 200 ? hz * 2 ** (cents / 1200) : hz))

const keep = (own: Partial<TunedRequest>) => {
  asked = []
  return keepInTune({ ...request, ...own }, silentProgress)
}

const changeAt = (change: SpectralChange | null, frame: number): number => {
  const difference = new Float64Array(64)
  change?.readDifference(frame, difference)
  return difference[30]
}

test('notes that are heard where they were sung keep the emotion whole', () => {
  for (const cents of [0, 8, -8]) {
    const { read, change, isLeft } = keep({ heardF0: firstNoteOffBy(cents) })
    expect(asked).toEqual([])
    expect(isLeft).toBeNull()
    expect(read).toBe(request.read)
    expect(change).toBe(request.change)
  }
})

test('a note that is heard 15 cents off is left as it was sung, and the next after a pause is not', () => {
  for (const cents of [15, -15, 1200]) {
    const { isLeft } = keep({ heardF0: firstNoteOffBy(cents) })
    expect(asked.length).toBe(1)
    expect(isLeft).toBe(asked[0])
    expect(isLeft?.[70]).toBe(1)
    expect(isLeft?.[1.3 * 200]).toBe(0)
  }
})

test('the color of a left note stays where the note is then in tune', () => {
  const { change } = keep({ heardF0: firstNoteOffBy(15) })
  expect(changeAt(change, 70)).toBe(0.5)
})

test('a color that alone makes a note heard elsewhere is held back in it, and nowhere else', () => {
  const change = octaveUp()
  const kept = keep({ change, heardF0: firstNoteOffBy(1200) }).change
  expect(changeAt(kept, 70)).toBeCloseTo(0)
  expect(changeAt(kept, 1.3 * 200)).toBe(-5)
})

test('what a singer makes of a note is never held back', () => {
  const change = octaveUp()
  expect(keep({ change, isChangeExpression: false, heardF0: firstNoteOffBy(1200) }).change).toBe(change)
})

test('a note of which hardly anything is heard is left, too', () => {
  expect(keep({ heardF0: request.f0.map((hz, frame) => (frame < 0.5 * 200 ? 0 : hz)) }).isLeft?.[70]).toBe(1)
})
