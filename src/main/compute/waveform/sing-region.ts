import { subProgress, type Progress } from '../../../shared/base/progress.ts'
import type { OpenScratch } from '../../../shared/base/scratch.ts'
import { analyzePitch } from '../../../shared/conversion/analyze.ts'
import type { VoiceRegister } from '../../../shared/conversion/automatic-transposition.ts'
import { copyRegion, FAINTEST_PEAK, regionFrames, type ConversionOutcome } from '../../../shared/conversion/convert.ts'
import { FRAMES_PER_SEC } from '../../../shared/conversion/features.ts'
import { knownPitch, type KnownAnalysis } from '../../../shared/conversion/known-analysis.ts'
import { overFrames } from '../../../shared/conversion/over-frames.ts'
import { planPitch, type PitchPlan } from '../../../shared/conversion/pitch-plan.ts'
import { ceilingOf } from '../../../shared/conversion/render.ts'
import type { Resample, SampleSink, SampleSource } from '../../../shared/conversion/sound.ts'
import { planSpan, surveySpan, type AnalysisSpan } from '../../../shared/conversion/windows.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { melodyShift } from '../../../shared/melody/index.ts'
import { WAVENET_RATE_HZ, type WavenetBlocks } from '../../../shared/networks/wavenet-autoencoder/config.ts'
import type { StoredParameters } from '../../../shared/nn/parameters.ts'
import { noCurves, type Performance } from '../../../shared/project/performance.ts'
import type { SamplerPeaks } from '../../../shared/sampling/calibration.ts'
import type { SamplerDecoder } from '../../../shared/sampling/decoder.ts'
import { codePitch, pitchHopOf } from '../../../shared/training/wavenet-autoencoder/clip.ts'
import type { SamplerModules } from '../sampling/sampler-modules.ts'
import { openSampler } from '../sampling/sampler.ts'
import { asLongAs, blendLatents, type LatentBlend } from './blended-latents.ts'
import { createLatentReader } from './encode-latents.ts'
import { estimateSinging } from './estimate-singing.ts'
import { keepingHighBand } from './high-band.ts'
import { hearSpan } from './network-sound.ts'
import { SUNG_PRECISION } from './sampler-of-model.ts'
import { singSpan } from './sing-span.ts'
import { writeSung } from './write-sung.ts'

/** Who sings sample by sample: a singer of a waveform model, or a domain of music. */
export interface NetworkSinger {
  readonly model: {
    readonly config: WavenetBlocks & { readonly hasPitch: boolean }
    readonly parameters: StoredParameters
    readonly peaks: SamplerPeaks
  }
  readonly decoder: SamplerDecoder
  /** What the decoder is told of who sings; empty where it sings for nobody else. */
  readonly row: Float32Array
  /** Where automatic transposition moves to. */
  readonly register: VoiceRegister
}

/** What of a performance is heard where samples are drawn. */
export type DrawnPerformance = Pick<
  Performance,
  'transposition' | 'curves' | 'pitchEdits' | 'scaleCorrection' | 'temperature' | 'keepsHighBand' | 'seed'
>

/** The melody as it is. */
export const asItIs: DrawnPerformance = {
  transposition: { kind: 'auto' },
  curves: noCurves,
  pitchEdits: [],
  scaleCorrection: null,
  seed: 1,
}

export interface RegionToDraw {
  readonly source: SampleSource
  readonly startSamples: number
  readonly durationSamples: number
  readonly performance: DrawnPerformance
  /** What was found out about the source before. */
  readonly known?: KnownAnalysis | undefined
  /** The melody and the level stay the source's. */
  readonly blend?: LatentBlend | undefined
}

export interface DrawingTools {
  readonly resample: Resample
  readonly kernels: Kernels
  readonly openScratch: OpenScratch
  readonly modules: Required<Pick<SamplerModules, 'f32' | 'w16a14'>>
  /** Awaited between pieces, so that messages come in. */
  readonly breathe: () => Promise<void>
  /** Told before anything is sung, from a moment of it: how long it will take. */
  readonly onEstimate?: (sec: number) => void
  readonly nowMs: () => number
}

/** Where each part of the work ends in its progress. */
const ends = { survey: 0.02, pitch: 0.2, hearing: 0.25, singing: 0.95 } as const

/**
 * Sings a region anew, sample by sample, from what the encoder hears of it and, where the network was told pitch, its
 * melody as the performance moves it: one channel at 16 kHz, written to all of them at the source's rate, exactly the
 * region's samples. A silent region stays as it is. Tensors need an engine that is open. The same request gives the same
 * samples on every machine up to the encoder's rounding. Throws `CancelledError`.
 */
export async function singRegion(
  region: RegionToDraw,
  { model, decoder, row, register }: NetworkSinger,
  sink: SampleSink,
  tools: DrawingTools,
  progress: Progress,
): Promise<ConversionOutcome> {
  const { source, startSamples, durationSamples, performance, known, blend } = region
  const { resample, kernels, modules } = tools
  const { config, peaks } = model
  const span = planSpan(source, startSamples, durationSamples)
  const survey = surveySpan(span, subProgress(progress, 0, ends.survey))
  if (survey.peak < FAINTEST_PEAK) return copyRegion({ source, startSamples, durationSamples, progress, sink })

  const f0 = knownPitch(known, span, survey, () =>
    analyzePitch(span, survey, resample, subProgress(progress, ends.survey, ends.pitch), kernels),
  )
  const plan = config.hasPitch ? pitchPlan(f0, performance, span, register) : { semitones: 0, f0 }
  const sound = hearSpan(span, config.hop, resample, subProgress(progress, ends.pitch, ends.hearing))
  const sung = tools.openScratch(sound.levels.length)
  const pitch = config.hasPitch
    ? codePitch(plan.f0, WAVENET_RATE_HZ / FRAMES_PER_SEC, sound.levels.length, pitchHopOf(config))
    : null
  const hearOther = ({ source: other }: LatentBlend): Uint8Array => {
    const whole = planSpan(other, 0, other.durationSamples)
    const { levels } = hearSpan(whole, config.hop, resample, subProgress(progress, ends.hearing, ends.hearing))
    return asLongAs(sound.levels, levels)
  }
  const plain = createLatentReader(model, tools.breathe)
  const reader = blend === undefined ? plain : blendLatents(plain, hearOther(blend), { ...blend, hop: config.hop })
  const sampler = openSampler({ decoder, peaks, precision: SUNG_PRECISION, modules, hop: config.hop })
  try {
    tools.onEstimate?.(await estimateSinging(config, sound, row, { reader, sampler }, tools.nowMs))
    const { seed, temperature = 1 } = performance
    const singing = subProgress(progress, ends.hearing, ends.singing)
    await singSpan({ sound, pitch, seed, temperature }, { config, row }, { reader, sampler }, sung, singing)
  } finally {
    sampler.stop()
  }
  const writing = subProgress(progress, ends.singing, 1)
  const written = { span, sound, sung, hop: config.hop }
  if (performance.keepsHighBand === true) {
    const both = keepingHighBand(span, { resample, ceiling: ceilingOf(survey) }, sink)
    writeSung(written, resample, both, writing)
    both.finish()
  } else writeSung(written, resample, sink, writing)
  return {
    semitones: plan.semitones,
    isUnchanged: false,
    sourceF0: regionFrames(f0, span),
    expectedF0: regionFrames(plan.f0, span),
  }
}

/** The melody as edited and moved; `auto` moves by whole octaves, so that a song keeps its key. */
function pitchPlan(
  f0: Float32Array,
  { pitchEdits, scaleCorrection, transposition, curves }: DrawnPerformance,
  span: AnalysisSpan,
  register: VoiceRegister,
): PitchPlan {
  return planPitch(f0, {
    transposition,
    melodyShift: melodyShift(
      f0,
      { pitchEdits, scaleCorrection },
      { startSamples: span.startSamples, rateHz: span.source.rateHz },
    ),
    offset: overFrames(0, curves.transposition, span),
    singer: register,
    express: () => null,
  })
}
