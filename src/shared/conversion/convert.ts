import { subProgress, throwIfCancelled, type Progress } from '../base/progress.ts'
import { scratchInMemory, type OpenScratch } from '../base/scratch.ts'
import type { Numbers } from '../dsp/numbers.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { melodyShift, type MelodyEditing } from '../melody/index.ts'
import { analyzePitch, forEachLogMel } from './analyze.ts'
import { blendedTarget } from './blended-target.ts'
import { convertShapes } from './converted-shapes.ts'
import type { ConvertedVoice } from './converted-voices.ts'
import type { SpectralChange } from './differential-filter.ts'
import type { EmotionManner, PreparedEmotion } from './emotions/prepared-emotion.ts'
import { FRAMES_PER_SEC } from './features.ts'
import { openFrameRows } from './frame-rows.ts'
import { framedPerformance, type AskedPerformance, type FramedPerformance, type Voice } from './framed-performance.ts'
import { fillKnownRows, knownPitch, type KnownAnalysis } from './known-analysis.ts'
import { likenessWeights } from './likeness.ts'
import { isZero } from './over-frames.ts'
import { keepsNotes, planPitch, type PitchPlan } from './pitch-plan.ts'
import type { PreparedSinger } from './prepared-singer.ts'
import { filterRenderer } from './renderers/filter.ts'
import type { Renderer, VoiceToRender } from './renderers/renderer.ts'
import type { Resample, SampleSink, SampleSource } from './sound.ts'
import { sourceFeatures, type SourceFeatures } from './source-features.ts'
import { spectralChange } from './spectral-change.ts'
import { planSpan, surveySpan, type AnalysisSpan, type WindowLengths } from './windows.ts'

/** Under −120 dB there is nothing to convert, and shorter sound has no pitch or timbre: it stays as it is. */
export const FAINTEST_PEAK = 1e-6
const SHORTEST_SEC = 0.06
const COPY_SAMPLES = 1 << 18

export interface ConversionInput {
  readonly source: SampleSource
  readonly startSamples: number
  readonly durationSamples: number
  readonly singer: PreparedSinger
  /** The others of the performance's blend, in its order. */
  readonly blendedSingers?: readonly PreparedSinger[]
  readonly performance: AskedPerformance
  /** Of the performance's emotion; null for neutral. */
  readonly emotion: PreparedEmotion | null
  readonly resample: Resample
  readonly kernels: Kernels
  readonly progress: Progress
  readonly sink: SampleSink
  /** How long the pieces are that a long region is taken in; shorter ones take less memory. */
  readonly windowLengths?: WindowLengths
  /** Where the features of a long region lie; in memory where nothing else is given. */
  readonly openScratch?: OpenScratch
  /** What was found out about the source before; missing, everything is found out. */
  readonly known?: KnownAnalysis
  /** Turns what is converted into samples: the filter, where nothing else is given. */
  readonly renderer?: Renderer
}

export interface ConversionOutcome {
  /** Semitones that the pitch was moved by, the emotion apart. */
  readonly semitones: number
  /** Nothing was asked for, or nothing is there to convert: the samples are the source's. */
  readonly isUnchanged: boolean
  /** Hz per 5 ms from the region's start, 0 unvoiced; null where the source was only copied. */
  readonly sourceF0: Float32Array | null
  /** What the render's pitch should be: the source's, moved. */
  readonly expectedF0: Float32Array | null
}

/**
 * Sings a region of a source with another singer's voice: exactly `durationSamples` go to the sink, without delay.
 * Any duration in bounded memory; silence stays silent; a request that changes nothing gives the source bit for bit.
 * Errors: `audio-not-finite`. Cancelling throws CancelledError.
 */
export function convertRegion(input: ConversionInput): ConversionOutcome {
  const { source, performance, singer, blendedSingers = [], resample, kernels, progress, sink } = input
  const span = planSpan(source, input.startSamples, input.durationSamples)
  const framed = framedPerformance(performance, [singer, ...blendedSingers], span)
  if (asksForNothing(input, framed)) return copyRegion(input)

  const survey = surveySpan(span, subProgress(progress, 0, 0.02), input.windowLengths)
  const isTooShort = span.durationSamples < SHORTEST_SEC * source.rateHz
  if (survey.peak < FAINTEST_PEAK || isTooShort) return copyRegion(input)

  const f0 = knownPitch(input.known, span, survey, () =>
    analyzePitch(span, survey, resample, subProgress(progress, 0.02, 0.3), kernels),
  )
  const shift = melodyShift(f0, melodyOf(performance), { startSamples: span.startSamples, rateHz: source.rateHz })
  const target = blendedTarget(framed.voices, f0)
  const expressed = expressionOf(input, framed, f0)
  const plan = planPitch(f0, {
    transposition: performance.transposition,
    melodyShift: shift,
    offset: framed.transposition,
    singer: target.register,
    express: (melody) => expressed?.emotion.pitch(melody, expressed.manner) ?? null,
  })
  const breath = expressed?.emotion.breath(plan.f0, expressed.manner) ?? null
  const openScratch = input.openScratch ?? scratchInMemory
  const { known, windowLengths } = input
  const voice: VoiceToRender = {
    ...{ span, survey, f0, plan, target, breath, resample, kernels, openScratch, known, windowLengths },
    isMovedByEmotionAlone: isMovedByEmotionAlone(plan, expressed, framed, shift),
    isChangeExpression: performance.strength === 0,
  }
  const prepared = (input.renderer ?? filterRenderer).prepare(voice, subProgress(progress, 0.3, 0.35))

  const lm = openFrameRows(openScratch, span.frameCount)
  const reading = subProgress(progress, 0.35, 0.5)
  fillKnownRows(known, span, survey, prepared.moves, lm, () =>
    forEachLogMel(span, survey, prepared.f0, prepared.read, resample, reading, kernels, (frame, row) =>
      lm.add(frame, row, 0),
    ),
  )
  const change = changeOf(sourceFeatures(lm, plan.f0), { framed, expressed }, input, subProgress(progress, 0.5, 0.7))
  const expectedF0 = prepared.render(change, subProgress(progress, 0.7, 1), sink)
  progress.report(1)
  return {
    semitones: plan.semitones,
    isUnchanged: false,
    sourceF0: regionFrames(f0, span),
    expectedF0: regionFrames(expectedF0, span),
  }
}

const melodyOf = ({ pitchEdits = [], scaleCorrection = null }: AskedPerformance): MelodyEditing => ({
  pitchEdits,
  scaleCorrection,
})

const isExpressed = ({ emotion }: ConversionInput, { intensity }: FramedPerformance): boolean =>
  emotion !== null && !isZero(intensity)

interface Expression {
  readonly emotion: PreparedEmotion
  readonly manner: EmotionManner
}

/** The emotion as it is asked for, or null where nothing is made of it. */
function expressionOf(input: ConversionInput, framed: FramedPerformance, f0: Numbers): Expression | null {
  const { emotion, performance } = input
  if (emotion === null || isZero(framed.intensity)) return null
  const isSung = keepsNotes(f0, performance.delivery ?? 'automatic')
  return { emotion, manner: { intensity: framed.intensity, isSung } }
}

/** Whether an emotion that keeps notes is all that makes the voice anew. */
const isMovedByEmotionAlone = (
  { semitones }: PitchPlan,
  expressed: Expression | null,
  { transposition }: FramedPerformance,
  melodyShift: Float64Array | null,
): boolean => expressed?.manner.isSung === true && semitones === 0 && isZero(transposition) && melodyShift === null

function asksForNothing(input: ConversionInput, framed: FramedPerformance): boolean {
  const { transposition, strength } = input.performance
  const isMoved = transposition.kind === 'auto' || transposition.semitones !== 0 || !isZero(framed.transposition)
  const { pitchEdits, scaleCorrection } = melodyOf(input.performance)
  const isEdited = pitchEdits.length > 0 || scaleCorrection !== null
  return strength === 0 && !isMoved && !isEdited && isZero(framed.formant) && !isExpressed(input, framed)
}

/** What is to be done to the spectra; null where nothing is. */
function changeOf(
  features: SourceFeatures,
  { framed, expressed }: { readonly framed: FramedPerformance; readonly expressed: Expression | null },
  input: ConversionInput,
  progress: Progress,
): SpectralChange | null {
  const { strength } = input.performance
  const voices = strength > 0 ? convertVoices(features, framed.voices, input, progress) : []
  const timbre = expressed?.emotion.timbre(features, expressed.manner) ?? null
  if (voices.length === 0 && isZero(framed.formant) && timbre === null) return null
  return spectralChange(features, { voices, strength, expressed: timbre, formant: framed.formant })
}

function convertVoices(
  features: SourceFeatures,
  voices: readonly Voice[],
  { performance, kernels, openScratch }: ConversionInput,
  progress: Progress,
): ConvertedVoice[] {
  const weights = likenessWeights(performance.likeness ?? 0)
  return voices.map(({ singer, share }, index) => {
    const part = subProgress(progress, index / voices.length, (index + 1) / voices.length)
    const shapes = convertShapes(features, singer, kernels.nearest, part, weights, openScratch)
    return { shapes, share, targetVariance: singer.model.cepstralVariance }
  })
}

/** The source's own samples. */
export function copyRegion({
  source,
  startSamples,
  durationSamples,
  progress,
  sink,
}: Pick<ConversionInput, 'source' | 'startSamples' | 'durationSamples' | 'progress' | 'sink'>): ConversionOutcome {
  for (let done = 0; done < durationSamples; done += COPY_SAMPLES) {
    throwIfCancelled(progress)
    progress.report(done / durationSamples, 'copying the sound')
    sink.write(source.read(startSamples + done, Math.min(COPY_SAMPLES, durationSamples - done)))
  }
  progress.report(1)
  return { semitones: 0, isUnchanged: true, sourceF0: null, expectedF0: null }
}

/** Of a span's 5 ms frames those of its region, which begins on one because a cell holds whole frames. */
export function regionFrames(frames: Float32Array, span: AnalysisSpan): Float32Array {
  const perSample = FRAMES_PER_SEC / span.source.rateHz
  const first = Math.round(span.regionStartSamples * perSample)
  return frames.slice(first, first + Math.floor(span.regionDurationSamples * perSample) + 1)
}
