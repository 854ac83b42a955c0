import { silentProgress, subProgress, type Progress } from '../../../shared/base/progress.ts'
import type { OpenScratch } from '../../../shared/base/scratch.ts'
import { analyzePitch } from '../../../shared/conversion/analyze.ts'
import { copyRegion, FAINTEST_PEAK } from '../../../shared/conversion/convert.ts'
import { FRAMES_PER_SEC } from '../../../shared/conversion/features.ts'
import type { Resample, SampleSink, SampleSource } from '../../../shared/conversion/sound.ts'
import { planSpan, surveySpan } from '../../../shared/conversion/windows.ts'
import type { DomainModel } from '../../../shared/formats/domain-file.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { heldWidth, WAVENET_RATE_HZ } from '../../../shared/networks/wavenet-autoencoder/config.ts'
import { autoencoderDecoder } from '../../../shared/sampling/autoencoder-decoder.ts'
import { codePitch, pitchHopOf } from '../../../shared/training/wavenet-autoencoder/clip.ts'
import type { SamplerModules } from '../sampling/sampler-modules.ts'
import { openSampler, type Sampler } from '../sampling/sampler.ts'
import { createLatentReader, type LatentReader } from '../waveform/encode-latents.ts'
import { hearSpan, type NetworkSound } from '../waveform/network-sound.ts'
import { SUNG_PRECISION } from '../waveform/sampler-of-model.ts'
import { PARTS_AT_ONCE, partsToSing, singSpan } from '../waveform/sing-span.ts'
import { writeSung } from '../waveform/write-sung.ts'

export interface TranslationWish {
  readonly model: DomainModel
  readonly seed: number
  /** Under 1 likely levels become likelier. */
  readonly temperature: number
}

export interface TranslationTools {
  readonly resample: Resample
  readonly kernels: Kernels
  readonly openScratch: OpenScratch
  readonly modules: Required<Pick<SamplerModules, 'f32' | 'w16a14'>>
  /** Awaited between pieces, so that messages come in. */
  readonly breathe: () => Promise<void>
  /** Told before anything is played, from a moment of it: how long it will take. */
  readonly onEstimate: (sec: number) => void
  readonly nowMs: () => number
}

/** Where each part of the work ends in its progress. */
const ends = { survey: 0.02, pitch: 0.1, hearing: 0.15, playing: 0.95 } as const
/** Of each part so much is played to see how fast it goes. */
const TRIED_SAMPLES = 1600
const TRIED_LAG = 100
/** What is heard for it. */
const TRIED_SEC = 0.5

/**
 * Plays a whole sound anew as a domain would: from what the encoder hears of it and, where the domain was told pitch, its
 * melody. One channel at 16 kHz, written to all of the source's at its rate: exactly its samples. A silent sound stays as
 * it is. Tensors need an engine that is open. The same sound, domain and seed give the same samples on every machine up
 * to the encoder's rounding. Throws `CancelledError`.
 */
export async function translateSound(
  source: SampleSource,
  { model, seed, temperature }: TranslationWish,
  sink: SampleSink,
  tools: TranslationTools,
  progress: Progress,
): Promise<void> {
  const { config, peaks } = model
  const { resample, kernels, modules } = tools
  const span = planSpan(source, 0, source.durationSamples)
  const survey = surveySpan(span, subProgress(progress, 0, ends.survey))
  if (survey.peak < FAINTEST_PEAK) {
    copyRegion({ source, startSamples: 0, durationSamples: source.durationSamples, progress, sink })
    return
  }
  const sound = hearSpan(span, config.hop, resample, subProgress(progress, ends.pitch, ends.hearing))
  const f0 = config.hasPitch
    ? analyzePitch(span, survey, resample, subProgress(progress, ends.survey, ends.pitch), kernels)
    : null
  const pitch = f0 && codePitch(f0, WAVENET_RATE_HZ / FRAMES_PER_SEC, sound.levels.length, pitchHopOf(config))
  const reader = createLatentReader(model, tools.breathe)
  const decoder = autoencoderDecoder(model.parameters, config)
  const sampler = openSampler({ decoder, peaks, precision: SUNG_PRECISION, modules, hop: config.hop })
  try {
    tools.onEstimate(await estimateSec(model, sound, { reader, sampler }, tools.nowMs))
    const played = tools.openScratch(sound.levels.length)
    const playing = subProgress(progress, ends.hearing, ends.playing)
    const singing = { config, row: new Float32Array(0) }
    await singSpan({ sound, pitch, seed, temperature }, singing, { reader, sampler }, played, playing)
    const writing = subProgress(progress, ends.playing, 1)
    writeSung({ span, sound, sung: played, hop: config.hop }, resample, sink, writing)
  } finally {
    sampler.stop()
  }
}

/** From a moment of hearing and of playing: its start, such as threads that compile their kernels, is not counted. */
async function estimateSec(
  { config }: DomainModel,
  sound: NetworkSound,
  { reader, sampler }: { readonly reader: LatentReader; readonly sampler: Sampler },
  nowMs: () => number,
): Promise<number> {
  const frameCount = sound.energies.length
  const heardFrames = Math.min(frameCount, Math.max(Math.round((TRIED_SEC * WAVENET_RATE_HZ) / config.hop), 1))
  const parts = partsToSing(sound, config)
  const atOnce = Math.min(parts.length, PARTS_AT_ONCE)
  const playedFrames = Math.max(Math.round(TRIED_SAMPLES / config.hop), 1)
  const song = {
    hop: config.hop,
    held: new Float32Array(playedFrames * heldWidth(config)),
    pitch: config.hasPitch ? new Float32Array(playedFrames * config.hop) : null,
    lags: config.hasPitch ? new Uint16Array(playedFrames * config.hop).fill(TRIED_LAG) : null,
    fixed: new Float32Array(0),
    fixedWidth: 0,
    segments: Array.from({ length: atOnce }, () => ({ fromFrame: 0, toFrame: playedFrames, fixedRow: 0 })),
    seed: 1,
    temperature: 1,
  }
  const secOf = async (work: () => Promise<unknown>) => {
    await work()
    const startMs = nowMs()
    await work()
    return (nowMs() - startMs) / 1000
  }
  const heard = await secOf(() => reader.read(sound.levels, { fromFrame: 0, toFrame: heardFrames }, silentProgress))
  const played = await secOf(() => sampler.sing(song, silentProgress))
  const sungFrames = parts.reduce((sum, { leadFrame, tailFrame }) => sum + tailFrame - leadFrame, 0)
  return (sungFrames * heard) / heardFrames + (sungFrames * played) / (atOnce * playedFrames)
}
