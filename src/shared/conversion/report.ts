import { subProgress, type Progress } from '../base/progress.ts'
import { createLoudnessMeter } from '../dsp/loudness.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { analyzePitch } from './analyze.ts'
import type { ConversionOutcome } from './convert.ts'
import { compareFrames } from './compared-frames.ts'
import { playedAgreement, type PlayedAgreement } from './played-agreement.ts'
import { courseOf, type ReportCourse } from './report-course.ts'
import type { SpectralBank } from './singer-model.ts'
import type { Resample, SampleSource } from './sound.ts'
import { timbreEvidence, type TimbreEvidence } from './timbre-evidence.ts'
import { median } from './transposition/phase.ts'
import { planSpan, surveySpan } from './windows.ts'

/** Timing is compared on contours of this step, over this reach. */
const TIMING_STEPS_PER_SEC = 1000
const TIMING_REACH_STEPS = 40
/** Contours are averaged over this, twice, so that they follow loudness and not single periods. */
const TIMING_SMOOTHING_STEPS = 25
const READ_SEC = 10
const POWER_FLOOR = 1e-12
/** What 16 bits can't tell from 1. */
const FULL_SCALE = 1 - 2 ** -15

export interface ComparisonInput {
  readonly source: SampleSource
  readonly startSamples: number
  readonly durationSamples: number
  readonly render: SampleSource
  readonly outcome: Pick<ConversionOutcome, 'sourceF0' | 'expectedF0'>
  readonly resample: Resample
  readonly progress: Progress
  readonly kernels?: Kernels
  /** Real frames of those who sing, in the order of the evidence. */
  readonly banks?: readonly SpectralBank[]
  /** An instrument played: then its melody and its beginnings are held against the source's. */
  readonly isPlayed?: boolean
}

export interface Comparison {
  /** Median distance from the expected pitch over interior voiced frames; null where there are none. */
  readonly medianPitchErrorCents: number | null
  /** Share of the source's active frames that are voiced in one and unvoiced in the other. */
  readonly voicingDisagreement: number
  /** Loudness of the render minus the source's. */
  readonly levelChangeDb: number
  /** Delay of the render's loudness against the source's; under a millisecond it may be the other timbre's doing. */
  readonly timingOffsetSamples: number
  /** Samples of the render at full scale or beyond. */
  readonly clippedSampleCount: number
  readonly timbre: TimbreEvidence
  /** The same along the region. */
  readonly course: ReportCourse
  /** Of what an instrument played. */
  readonly agreement?: PlayedAgreement
}

/** Holds a render against the region of the source that it was made from, by analyzing both. */
export function compareToSource(input: ComparisonInput): Comparison {
  const { source, startSamples, durationSamples, render, outcome, resample, progress, kernels, banks = [] } = input
  const original = regionOf(source, startSamples, durationSamples)
  const sourceContour = powerContour(original)
  const renderContour = powerContour(render)
  const sourceF0 = outcome.sourceF0 ?? pitchOf(original, resample, subProgress(progress, 0, 0.4), kernels)
  const renderF0 = pitchOf(render, resample, subProgress(progress, 0.4, 0.8), kernels)
  const tools = { resample, progress: subProgress(progress, 0.8, 1), ...(kernels && { kernels }) }
  const expectedF0 = outcome.expectedF0 ?? sourceF0
  const frames = compareFrames({
    sourceF0,
    expectedF0,
    renderF0,
    sourcePowers: sourceContour.powers,
    stepsPerSec: TIMING_STEPS_PER_SEC,
  })
  return {
    medianPitchErrorCents: medianOf(frames.pitchErrorsCents),
    voicingDisagreement: shareOf(frames.voicingDiffers),
    levelChangeDb: levelDb(renderContour) - levelDb(sourceContour),
    timingOffsetSamples: timingOffset(sourceContour.powers, renderContour.powers, source.rateHz),
    clippedSampleCount: renderContour.clippedSampleCount,
    timbre: timbreEvidence({ sound: original, f0: sourceF0 }, { sound: render, f0: renderF0 }, banks, tools),
    course: courseOf({
      ...frames,
      durationSec: durationSamples / source.rateHz,
      sourcePowers: sourceContour.powers,
      renderPowers: renderContour.powers,
      stepsPerSec: TIMING_STEPS_PER_SEC,
    }),
    ...(input.isPlayed === true && {
      agreement: playedAgreement(original, render, { expectedF0, renderF0 }, resample),
    }),
  }
}

/** Null where no frame can be compared. */
function medianOf(errors: Float32Array): number | null {
  const known = errors.filter((error) => !Number.isNaN(error))
  return known.length === 0 ? null : median(known)
}

/** Of the frames in which the source sounds. */
function shareOf(differs: Float32Array): number {
  const known = differs.filter((one) => !Number.isNaN(one))
  return known.length === 0 ? 0 : known.reduce((sum, one) => sum + one, 0) / known.length
}

interface PowerContour {
  /** Mean power per millisecond; an hour is 14 MB, so that few of these may live at once. */
  readonly powers: Float32Array
  readonly loudnessLufs: number | null
  readonly clippedSampleCount: number
}

function powerContour(sound: SampleSource): PowerContour {
  const { rateHz, durationSamples, channelCount } = sound
  const powers = new Float32Array(Math.ceil((durationSamples * TIMING_STEPS_PER_SEC) / rateHz))
  let clippedSampleCount = 0
  const meter = createLoudnessMeter(rateHz, channelCount)
  const block = READ_SEC * rateHz
  for (let start = 0; start < durationSamples; start += block) {
    const channels = sound.read(start, Math.min(block, durationSamples - start))
    meter.push(channels)
    for (const channel of channels)
      for (let index = 0; index < channel.length; index++) {
        if (Math.abs(channel[index]) >= FULL_SCALE) clippedSampleCount++
        powers[Math.floor(((start + index) * TIMING_STEPS_PER_SEC) / rateHz)] += channel[index] * channel[index]
      }
  }
  const samplesPerStep = (rateHz / TIMING_STEPS_PER_SEC) * channelCount
  for (let step = 0; step < powers.length; step++) powers[step] /= samplesPerStep
  return { powers, loudnessLufs: meter.integratedLufs(), clippedSampleCount }
}

function levelDb({ powers, loudnessLufs }: PowerContour): number {
  if (loudnessLufs !== null) return loudnessLufs
  return 10 * Math.log10(powers.reduce((sum, power) => sum + power, 0) / Math.max(1, powers.length) + POWER_FLOOR)
}

/** The shift at which the two loudness contours are most alike, refined by a parabola. */
function timingOffset(source: Float32Array, render: Float32Array, rateHz: number): number {
  const [a, b] = [source, render].map((powers) => levelContour(powers))
  const scores = Array.from({ length: 2 * TIMING_REACH_STEPS + 1 }, (_, index) => {
    const shift = index - TIMING_REACH_STEPS
    let sum = 0
    for (let step = Math.max(0, -shift); step < Math.min(a.length, b.length - shift); step++)
      sum += a[step] * b[step + shift]
    return sum
  })
  const best = scores.indexOf(Math.max(...scores))
  const [left, center, right] = [scores[best - 1] ?? scores[best], scores[best], scores[best + 1] ?? scores[best]]
  const curvature = left - 2 * center + right
  const fraction = curvature < 0 ? (0.5 * (left - right)) / curvature : 0
  return scores[best] > 0 ? Math.round(((best - TIMING_REACH_STEPS + fraction) * rateHz) / TIMING_STEPS_PER_SEC) + 0 : 0
}

/** Square roots of the powers, averaged twice, without their mean. */
function levelContour(powers: Float32Array): Float32Array {
  const levels = smoothed(smoothed(powers))
  let sum = 0
  for (let step = 0; step < levels.length; step++) {
    levels[step] = Math.sqrt(levels[step])
    sum += levels[step]
  }
  const mean = sum / Math.max(1, levels.length)
  for (let step = 0; step < levels.length; step++) levels[step] -= mean
  return levels
}

function smoothed(powers: Float32Array): Float32Array {
  const half = (TIMING_SMOOTHING_STEPS - 1) / 2
  let sum = 0
  const result = new Float32Array(powers.length)
  for (let step = -half; step < powers.length; step++) {
    sum += (powers[step + half] ?? 0) - (powers[step - half - 1] ?? 0)
    if (step >= 0) result[step] = Math.max(sum, 0) / TIMING_SMOOTHING_STEPS
  }
  return result
}

function pitchOf(sound: SampleSource, resample: Resample, progress: Progress, kernels?: Kernels): Float32Array {
  const span = planSpan(sound, 0, sound.durationSamples)
  const survey = surveySpan(span, subProgress(progress, 0, 0.1))
  if (survey.peak === 0) return new Float32Array(span.frameCount)
  return analyzePitch(span, survey, resample, subProgress(progress, 0.1, 1), kernels)
}

const regionOf = (source: SampleSource, startSamples: number, durationSamples: number): SampleSource => ({
  rateHz: source.rateHz,
  channelCount: source.channelCount,
  durationSamples,
  read: (start, count) => source.read(startSamples + start, count),
})
