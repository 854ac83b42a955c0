import { expect, test } from 'vitest'
import {
  countMelody,
  melodyFigures,
  resampleContour,
  type PitchSeries,
} from '../../../../src/shared/pitch/evaluation/melody-figures.ts'

const series = (hopSec: number, endSec: number, f0: (timeSec: number) => number): PitchSeries => {
  const timesSec = Float64Array.from({ length: Math.ceil(endSec / hopSec) }, (_, i) => i * hopSec)
  return { timesSec, f0Hz: timesSec.map(f0) }
}
const isSung = (timeSec: number) => timeSec >= 0 && Math.floor(timeSec * 2) % 4 !== 3
const melody = (timeSec: number) => 220 * 2 ** (Math.sin(timeSec * 3) / 6)
const reference = series(0.0058, 4, (t) => (isSung(t) ? melody(t) : 0))

/** Late, out of tune, and at times an octave or a fifth away. */
const estimate = series(0.005, 4.2, (t) => {
  if (!isSung(t - 0.03)) return 0
  const wrong = t > 1 && t < 1.2 ? 2 : t > 2.3 && t < 2.4 ? 0.5 : t > 3.1 && t < 3.2 ? 1.5 : 1
  return wrong * melody(t) * 2 ** (0.02 * Math.sin(t * 11))
})

test('the figures are those of the library that published results are made with', () => {
  // mir_eval 0.8.2, melody.evaluate of the same two series.
  const figures = melodyFigures(countMelody(reference, estimate))
  expect(figures.voicingRecall).toBeCloseTo(0.9787644787644788, 10)
  expect(figures.voicingFalseAlarm).toBeCloseTo(0.05813953488372093, 10)
  expect(figures.rawPitchAccuracy).toBeCloseTo(0.8455598455598455, 10)
  expect(figures.rawChromaAccuracy).toBeCloseTo(0.9401544401544402, 10)
  expect(figures.overallAccuracy).toBeCloseTo(0.8695652173913043, 10)
})

test('a contour agrees with itself entirely', () => {
  expect(melodyFigures(countMelody(reference, reference))).toEqual({
    rawPitchAccuracy: 1,
    rawChromaAccuracy: 1,
    voicingRecall: 1,
    voicingFalseAlarm: 0,
    overallAccuracy: 1,
    octaveErrors: 0,
  })
})

test('an octave too high is right in chroma, wrong in pitch, and counted as an octave error', () => {
  const octaveUp = { ...reference, f0Hz: reference.f0Hz.map((hz) => 2 * hz) }
  const figures = melodyFigures(countMelody(reference, octaveUp))
  expect(figures).toMatchObject({ rawPitchAccuracy: 0, rawChromaAccuracy: 1, octaveErrors: 1, voicingRecall: 1 })
})

test('silence against silence has no figures but full overall accuracy', () => {
  const silence = series(0.005, 1, () => 0)
  expect(melodyFigures(countMelody(silence, silence))).toMatchObject({ rawPitchAccuracy: 0, overallAccuracy: 1 })
})

test('resampling keeps pauses where they are', () => {
  const contour = { timesSec: Float64Array.of(0, 1, 2, 3), f0Hz: Float64Array.of(100, 200, 0, 100) }
  expect([...resampleContour(contour, Float64Array.of(0.5, 1, 1.5, 2.5, 3, 4))]).toEqual([150, 200, 200, 0, 100, 0])
})
