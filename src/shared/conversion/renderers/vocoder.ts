import { subProgress, throwIfCancelled, type Progress } from '../../base/progress.ts'
import type { Scratch } from '../../base/scratch.ts'
import { SOURCE_FILTER_RATE_HZ } from '../../networks/source-filter/config.ts'
import { renderExcitation, usualNoiseGain } from '../../vocoder/excitation.ts'
import { withEnvelope } from '../../vocoder/sing.ts'
import type { VocoderModel } from '../../vocoder/vocoder-model.ts'
import { readWindow } from '../analyze.ts'
import { ANALYSIS_PEAK } from '../features.ts'
import { createPeakLimiter } from '../peak-limiter.ts'
import { ceilingOf } from '../render.ts'
import { createLevelMatch } from './level-match.ts'
import { regionOnly } from './region-only.ts'
import type { Renderer, VoiceToRender } from './renderer.ts'
import { hearVocoderFeatures } from './vocoder-features.ts'

/** At whole seconds every rate has a sample. */
const PIECE_SEC = 10
/** Sound read around a piece, so that a resampler's edge is not heard. */
const MARGIN_SEC = 1
/** Where each part of the work ends in its progress. */
const ends = { hearing: 0.4, singing: 0.9 } as const

/** Of the noise that a vocoder is driven by. */
export interface VocoderDraw {
  readonly seed: number
  /** Times how loud it usually is; 1 where missing. */
  readonly temperature?: number
}

/**
 * Sings the changed features through a trained vocoder of any kind: one channel of 16 kHz, so that nothing sounds above
 * 8 kHz, written to all channels at the source's rate and level. The same seed gives the same samples.
 */
export const createVocoderRenderer = (model: VocoderModel, { seed, temperature = 1 }: VocoderDraw): Renderer => ({
  prepare: (voice) => ({
    read: readWindow(voice.span),
    f0: voice.f0,
    moves: [voice.f0, null, null],
    render(change, progress, sink) {
      const { span, survey, plan, kernels, openScratch } = voice
      const { rateHz } = span.source
      const features = hearVocoderFeatures(voice, change, subProgress(progress, 0, ends.hearing))
      const sampleCount = Math.round((span.durationSamples * SOURCE_FILTER_RATE_HZ) / rateHz)
      const sung = openScratch(sampleCount)
      const singing = subProgress(progress, ends.hearing, ends.singing)
      const excitation = renderExcitation(model, features, {
        ...{ sampleCount, seed, progress: singing, kernels, noiseGain: temperature * usualNoiseGain(model) },
      })
      let at = 0
      for (const piece of withEnvelope(excitation, sampleCount, features, kernels, openScratch)) {
        sung.write(at, piece)
        at += piece.length
      }
      const limiter = createPeakLimiter(ceilingOf(survey), rateHz, sink)
      const write = regionOnly(span, (channels) => limiter.push(channels))
      const matched = createLevelMatch(span, change?.levelChange, write)
      forEachSungPiece(voice, { sung, sampleCount }, subProgress(progress, ends.singing, 1), matched.push)
      matched.finish()
      limiter.finish()
      return plan.f0
    },
  }),
})

/** What was sung at the source's rate and, about, at its level, in each of its channels, from the span's start on. */
function forEachSungPiece(
  { span, survey, resample }: VoiceToRender,
  { sung, sampleCount }: { readonly sung: Scratch; readonly sampleCount: number },
  progress: Progress,
  push: (channels: readonly Float64Array[]) => void,
): void {
  const { source, durationSamples } = span
  const { rateHz, channelCount } = source
  const gain = survey.peak / ANALYSIS_PEAK
  const durationSec = durationSamples / rateHz
  for (let sec = 0; sec < durationSec; sec += PIECE_SEC) {
    throwIfCancelled(progress)
    progress.report(sec / durationSec, 'writing the sound')
    const firstSec = Math.max(sec - MARGIN_SEC, 0)
    const first = firstSec * SOURCE_FILTER_RATE_HZ
    const last = Math.min((sec + PIECE_SEC + MARGIN_SEC) * SOURCE_FILTER_RATE_HZ, sampleCount)
    const piece = new Float32Array(Math.max(last - first, 0))
    sung.read(first, piece)
    const atRate = rateHz === SOURCE_FILTER_RATE_HZ ? piece : resample(piece, SOURCE_FILTER_RATE_HZ, rateHz)
    const count = Math.min(PIECE_SEC * rateHz, durationSamples - sec * rateHz)
    const before = (sec - firstSec) * rateHz
    const part = new Float64Array(count)
    for (let index = 0; index < count; index++) part[index] = gain * (atRate[before + index] ?? 0)
    push(Array.from({ length: channelCount }, () => part))
  }
}
