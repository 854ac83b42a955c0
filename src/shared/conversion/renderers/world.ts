import { createPiecewiseSynthesis, envelopeFftSize } from '../../world/index.ts'
import { readWindow } from '../analyze.ts'
import { FRAMES_PER_SEC } from '../features.ts'
import { createPeakLimiter } from '../peak-limiter.ts'
import { ceilingOf } from '../render.ts'
import { createSpectraChange } from './change-spectra.ts'
import { createLevelMatch } from './level-match.ts'
import { regionOnly } from './region-only.ts'
import type { Renderer } from './renderer.ts'
import { forEachVoicePiece } from './voice-pieces.ts'

/**
 * The analysis adds noise of 1e-6 and less against divisions by nothing. Of a sound of this peak that is so little that
 * what is found does not depend on it.
 */
const HEARD_PEAK = 1000
/** Of a bin, 140 dB under the peak: a frame under it is silent. */
const SILENT_POWER = 1e-14

/**
 * Sings anew what WORLD hears of the source, at the source's own rate: the envelopes changed, the pitch as it is planned,
 * the breath as it was, at the source's level. Nothing of the recording's waveform is kept. In which pieces the work is
 * done does not matter (1e-5); the periods begin where the region's analysis does, so that two regions do not join
 * without a seam.
 * @param pieceSec as in `VoiceAnalysis`
 */
export const createWorldRenderer = (pieceSec?: number): Renderer => ({
  prepare: ({ span, survey, f0, plan, breath, kernels }) => ({
    read: readWindow(span),
    f0,
    moves: [f0, null, null],
    render(change, progress, sink) {
      const { source, durationSamples } = span
      const { rateHz } = source
      const fftSize = envelopeFftSize(rateHz)
      const gain = HEARD_PEAK / survey.peak
      const limiter = createPeakLimiter(ceilingOf(survey), rateHz, sink)
      const matched = createLevelMatch(
        span,
        change?.levelChange,
        regionOnly(span, (channels) => limiter.push(channels)),
      )
      const sing = createPiecewiseSynthesis(
        { f0: Float64Array.from(plan.f0), fs: rateHz, fftSize, sampleCount: durationSamples },
        kernels.synthesis,
      )
      const changeSpectra = createSpectraChange({
        ...{ rateHz, fftSize, f0, sungF0: plan.f0, change, breath },
        silentPower: SILENT_POWER * HEARD_PEAK ** 2,
      })
      const soundOf = (channels: readonly Float32Array[]) =>
        channels.map((channel) => Float64Array.from(channel, (sample) => sample * gain))
      forEachVoicePiece({ span, f0, rateHz, fftSize, soundOf, kernels, pieceSec }, progress, (piece) => {
        changeSpectra(piece)
        const { startFrame, endFrame, channels } = piece
        const endSample = Math.round((endFrame * rateHz) / FRAMES_PER_SEC)
        const sounds = sing({ firstFrame: startFrame, channels, endSample })
        matched.push(sounds.map((sound) => sound.map((sample) => sample / gain)))
      })
      matched.finish()
      limiter.finish()
      return plan.f0
    },
  }),
})

export const worldRenderer = createWorldRenderer()
