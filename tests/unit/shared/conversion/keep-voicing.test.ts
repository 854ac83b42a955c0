import { beforeAll, expect, test } from 'vitest'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import {
  analyzePitch,
  forEachWindowPitch,
  readWindow,
  type ReadWindow,
} from '../../../../src/shared/conversion/analyze.ts'
import {
  createDifferentialFilter,
  placedSound,
  type SpectralChange,
} from '../../../../src/shared/conversion/differential-filter.ts'
import { keepVoicing, type VoicingRequest } from '../../../../src/shared/conversion/keep-voicing.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import { planSpan, surveySpan, type AnalysisSpan, type Survey } from '../../../../src/shared/conversion/windows.ts'
import { plainKernels } from '../../../../src/shared/kernels/kernels.ts'
import { sungSource } from '../../../support/singers.ts'
import { sincResample } from '../../../support/sinc-resample.ts'

const RATE_HZ = 24_000
const BREATH_SEC = 1.5
const BAND_COUNT = 64
let span: AnalysisSpan
let survey: Survey
let request: VoicingRequest
let sourceF0: Float32Array

/** A note, then breath as loud as a fricative. */
beforeAll(() => {
  const note = sungSource(RATE_HZ, 0.8)
  const random = createRandom(11)
  const sound = new Float32Array(note.length + BREATH_SEC * RATE_HZ)
  sound.set(note)
  for (let index = note.length; index < sound.length; index++) sound[index] = 0.05 * random.normal()
  span = planSpan(sourceOf([sound], RATE_HZ), 0, sound.length)
  survey = surveySpan(span, silentProgress)
  sourceF0 = analyzePitch(span, survey, sincResample, silentProgress)
  request = {
    span,
    survey,
    read: readWindow(span),
    isMoved: false,
    expectedF0: sourceF0,
    resample: sincResample,
    kernels: plainKernels,
  }
})

/** `lift` is ln of power for one band; a narrow band of noise is heard as a tone. */
const changeBy = (lift: (band: number) => number): SpectralChange => ({
  frameCount: span.frameCount,
  readDifference(_frame, difference) {
    for (let band = 0; band < BAND_COUNT; band++) difference[band] = lift(band)
  },
})
/** Of the note's harmonics only the second is left. */
const octaveUp = () => changeBy((band) => (band >= 10 && band <= 13 ? 5 : -5))
const whistle = () => changeBy((band) => (band === 4 ? 5 : -5))

/** Frames of another voicing than the source's. */
const turnedFrames = (change: SpectralChange): number => countFrames(change, (hz, sourceHz) => hz > 0 !== sourceHz > 0)
/** Frames that are voiced like the source's and heard more than half a semitone off. */
const strayFrames = (change: SpectralChange): number =>
  countFrames(change, (hz, sourceHz) => hz > 0 && sourceHz > 0 && Math.abs(Math.log2(hz / sourceHz)) > 0.5 / 12)

function countFrames(change: SpectralChange, isCounted: (hz: number, sourceHz: number) => boolean): number {
  const filter = createDifferentialFilter(RATE_HZ)
  const read: ReadWindow = (window) => {
    const sound = placedSound(request.read(window), window.firstSamples)
    return filter.apply(sound, change, window.firstSamples, window.lastSamples - window.firstSamples)
  }
  let count = 0
  forEachWindowPitch(request, read, '', silentProgress, (found, { startFrame }) =>
    found.forEach((hz, index) => {
      if (isCounted(hz, sourceF0[startFrame + index])) count++
    }),
  )
  return count
}

const readFrame = (change: SpectralChange, frame: number): Float64Array => {
  const difference = new Float64Array(BAND_COUNT)
  change.readDifference(frame, difference)
  return difference
}

test('a change that would make breath sound like a tone is held back there', () => {
  const before = turnedFrames(whistle())
  expect(before).toBeGreaterThan(20)
  expect(turnedFrames(keepVoicing(whistle(), request, silentProgress))).toBeLessThan(before / 4)
})

test('a change that would make a voice heard at another note is held back there', () => {
  const before = strayFrames(octaveUp())
  expect(before).toBeGreaterThan(20)
  expect(strayFrames(keepVoicing(octaveUp(), request, silentProgress))).toBeLessThan(before / 4)
})

test('a change that turns no frame is made whole', () => {
  const gentle = changeBy(() => 0)
  const kept = keepVoicing(
    changeBy(() => 0),
    request,
    silentProgress,
  )
  for (let frame = 0; frame < span.frameCount; frame += 10)
    expect(readFrame(kept, frame)).toEqual(readFrame(gentle, frame))
})

test('frames far from any that would turn keep the whole change', () => {
  const kept = keepVoicing(whistle(), request, silentProgress)
  const shares = Array.from({ length: span.frameCount }, (_, frame) => readFrame(kept, frame)[4] / 5)
  expect(shares.every((share) => share >= 0 && share <= 1 + 1e-12)).toBe(true)
  expect(shares.some((share) => share === 1)).toBe(true)
})
