import { subProgress } from '../../../shared/base/progress.ts'
import { analyzePitch } from '../../../shared/conversion/analyze.ts'
import { copyRegion, FAINTEST_PEAK, regionFrames } from '../../../shared/conversion/convert.ts'
import { FRAMES_PER_SEC } from '../../../shared/conversion/features.ts'
import { knownPitch } from '../../../shared/conversion/known-analysis.ts'
import { overFrames } from '../../../shared/conversion/over-frames.ts'
import { planPitch, type PitchPlan } from '../../../shared/conversion/pitch-plan.ts'
import { planSpan, surveySpan, type AnalysisSpan } from '../../../shared/conversion/windows.ts'
import type { ConvertRequest } from '../../../shared/contract/compute.ts'
import { melodyShift } from '../../../shared/melody/index.ts'
import { WAVENET_RATE_HZ } from '../../../shared/networks/wavenet-autoencoder/config.ts'
import { codePitch, pitchHopOf } from '../../../shared/training/wavenet-autoencoder/clip.ts'
import { tensorsHere } from '../emotions/tensors-here.ts'
import { openKnownNumbers } from '../known-numbers.ts'
import { loadWaveformSinger, type LoadedWaveformSinger } from '../models/waveform-store.ts'
import { openSampler } from '../sampling/sampler.ts'
import { createLatentReader } from '../waveform/encode-latents.ts'
import { hearSpan } from '../waveform/network-sound.ts'
import { requireSamplers, SUNG_PRECISION } from '../waveform/sampler-of-model.ts'
import { singSpan } from '../waveform/sing-span.ts'
import { writeSung } from '../waveform/write-sung.ts'
import type { Converter } from './converter.ts'

/** Where each part of the work ends in its progress. */
const ends = { survey: 0.02, pitch: 0.2, hearing: 0.25, singing: 0.95 } as const

/**
 * Sings a region anew, sample by sample, from what the encoder hears of it, its pitch as the performance moves it, and
 * the singer's row: one channel at 16 kHz, written to all of them at the source's rate. Emotions, formants, strength,
 * likeness and blends are not heard. The same request gives the same samples on every machine up to the encoder's rounding.
 */
export const convertByWaveform: Converter = async (request, context, parts) => {
  const { source, sink, resample, kernels, openScratch, progress } = parts
  const { sourceStartSamples: startSamples, durationSamples, performance } = request
  const singer = loadWaveformSinger(request.singerPath)
  const { config, peaks } = singer.model
  const span = planSpan(source, startSamples, durationSamples)
  const survey = surveySpan(span, subProgress(progress, 0, ends.survey))
  if (survey.peak < FAINTEST_PEAK)
    return { outcome: copyRegion({ source, startSamples, durationSamples, progress, sink }), banks: [] }

  await tensorsHere(context.backend)
  const modules = requireSamplers(context.kernelsFolder)
  const known = request.known && {
    sourceKey: request.known.sourceKey,
    numbers: openKnownNumbers(request.known.folder),
  }
  const f0 = knownPitch(known, span, survey, () =>
    analyzePitch(span, survey, resample, subProgress(progress, ends.survey, ends.pitch), kernels),
  )
  const plan = pitchOf(f0, request, span, singer)
  const sound = hearSpan(span, config.hop, resample, subProgress(progress, ends.pitch, ends.hearing))
  const sung = openScratch(sound.levels.length)
  const pitch = config.hasPitch
    ? codePitch(plan.f0, WAVENET_RATE_HZ / FRAMES_PER_SEC, sound.levels.length, pitchHopOf(config))
    : null
  const reader = createLatentReader(singer.model, () => context.breathe())
  const sampler = openSampler({
    decoder: singer.decoder,
    peaks,
    precision: SUNG_PRECISION,
    modules,
    hop: config.hop,
  })
  try {
    const { seed, temperature = 1 } = performance
    const singing = subProgress(progress, ends.hearing, ends.singing)
    await singSpan(
      { sound, pitch, seed, temperature },
      { config, row: rowOf(singer) },
      { reader, sampler },
      sung,
      singing,
    )
  } finally {
    sampler.stop()
  }
  writeSung({ span, sound, sung, hop: config.hop }, resample, sink, subProgress(progress, ends.singing, 1))
  return {
    outcome: {
      semitones: plan.semitones,
      isUnchanged: false,
      sourceF0: regionFrames(f0, span),
      expectedF0: regionFrames(plan.f0, span),
    },
    banks: [],
  }
}

function rowOf({ model: { config, parameters }, row }: LoadedWaveformSinger): Float32Array {
  const table = parameters.get('singers/table')?.values ?? new Float32Array(0)
  return table.slice(row * config.singer, (row + 1) * config.singer)
}

/** The melody as edited and moved; `auto` moves by whole octaves, so that a song keeps its key. */
function pitchOf(
  f0: Float32Array,
  { performance }: ConvertRequest,
  span: AnalysisSpan,
  { model, row }: LoadedWaveformSinger,
): PitchPlan {
  const { pitchEdits, scaleCorrection, transposition, curves } = performance
  const { medianHz, isSung } = model.voices[row]
  return planPitch(f0, {
    transposition,
    melodyShift: melodyShift(
      f0,
      { pitchEdits, scaleCorrection },
      { startSamples: span.startSamples, rateHz: span.source.rateHz },
    ),
    offset: overFrames(0, curves.transposition, span),
    singer: { medianLog2F0: Math.log2(medianHz), isSung },
    express: () => null,
  })
}
