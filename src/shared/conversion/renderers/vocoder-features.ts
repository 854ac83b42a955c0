import type { Progress } from '../../base/progress.ts'
import { BANDS, CEPSTRA, SOURCE_FILTER_RATE_HZ } from '../../networks/source-filter/config.ts'
import { codeSpectra, isHeardVoiced, VOCODER_FFT_SIZE, type VocoderFeatures } from '../../vocoder/features.ts'
import type { SpectralChange } from '../differential-filter.ts'
import { ANALYSIS_PEAK } from '../features.ts'
import { mixDown } from '../sound.ts'
import { createSpectraChange } from './change-spectra.ts'
import type { VoiceToRender } from './renderer.ts'
import { forEachVoicePiece } from './voice-pieces.ts'

/**
 * What a trained vocoder is told of a voice that was changed: analyzed at 16 kHz and the peak that vocoders know, its
 * envelopes changed as the filter changes them, coded, with the pitch as it is planned. 128 bytes a frame.
 */
export function hearVocoderFeatures(
  { span, survey, f0, plan, breath, resample, kernels }: VoiceToRender,
  change: SpectralChange | null,
  progress: Progress,
): VocoderFeatures {
  const rateHz = SOURCE_FILTER_RATE_HZ
  const fftSize = VOCODER_FFT_SIZE
  const gain = ANALYSIS_PEAK / survey.peak
  const soundOf = (channels: readonly Float32Array[]) => {
    const mono = mixDown(channels)
    const slow = span.source.rateHz === rateHz ? mono : resample(mono, span.source.rateHz, rateHz)
    return [Float64Array.from(slow, (sample) => sample * gain)]
  }
  const changeSpectra = createSpectraChange({
    ...{ rateHz, fftSize, f0, sungF0: plan.f0, change, breath },
    // Silence is coded as a floor of its own, and nothing is left of it by the level that is matched.
    silentPower: 0,
  })
  const heard = {
    f0: new Float64Array(span.frameCount),
    bands: new Float32Array(span.frameCount * BANDS),
    cepstra: new Float32Array(span.frameCount * CEPSTRA),
  }
  forEachVoicePiece({ span, f0, rateHz, fftSize, soundOf, kernels }, progress, (piece) => {
    changeSpectra(piece)
    const { startFrame, rowCount: frameCount, channels } = piece
    const binCount = fftSize / 2 + 1
    const [rows] = channels
    const envelope = { frameCount, binCount, values: rows.power }
    const aperiodicity = { frameCount, binCount, values: rows.aperiodicity }
    const sungF0 = Float64Array.from({ length: frameCount }, (_, row) =>
      isHeardVoiced(aperiodicity, row) ? plan.f0[startFrame + row] : 0,
    )
    const { bands, cepstra } = codeSpectra({ f0: sungF0, envelope, aperiodicity })
    heard.f0.set(sungF0, startFrame)
    heard.bands.set(bands, startFrame * BANDS)
    heard.cepstra.set(cepstra, startFrame * CEPSTRA)
  })
  return heard
}
