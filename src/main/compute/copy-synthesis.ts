import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Progress } from '../../shared/base/progress.ts'
import type { Resample } from '../../shared/conversion/sound.ts'
import type { Kernels } from '../../shared/kernels/kernels.ts'
import { SOURCE_FILTER_RATE_HZ } from '../../shared/networks/source-filter/config.ts'
import { renderExcitation } from '../../shared/vocoder/excitation.ts'
import { analyzeSpectra, atUsualLevel, codeSpectra } from '../../shared/vocoder/features.ts'
import { withEnvelope } from '../../shared/vocoder/sing.ts'
import type { VocoderModel } from '../../shared/vocoder/vocoder-model.ts'
import { createScratchFile } from '../files/scratch-file.ts'

/** How a recording is sung again. */
export interface CopySynthesis {
  /** Of the recording, as errors call it. */
  readonly name: string
  readonly mono: Float32Array
  readonly rateHz: number
  readonly seed: number
  /** So much higher, formants kept. */
  readonly semitones?: number
  /** Missing, as usual of its kind. */
  readonly noiseGain?: number
  /** Takes off so much of what a flow hums while it is told nothing. */
  readonly denoise?: number
}

export interface CopyTools {
  readonly kernels: Kernels
  readonly resample: Resample
  readonly progress: Progress
}

/**
 * A recording, of 16 kHz or more, sung again from its own coded features by a vocoder alone: at 16 kHz, as loud as it was,
 * in pieces. Throws FailureError `audio-silent`.
 * @param outPath beside it excitation and sound lie until the end
 */
export function* copySynthesis(
  model: VocoderModel,
  { name, mono, rateHz, seed, semitones = 0, noiseGain, denoise = 0 }: CopySynthesis,
  { kernels, resample, progress }: CopyTools,
  outPath: string,
): Generator<Float32Array> {
  const heard = rateHz === SOURCE_FILTER_RATE_HZ ? mono : resample(mono, rateHz, SOURCE_FILTER_RATE_HZ)
  const leveled = atUsualLevel(heard)
  if (leveled === null) {
    const message = `${name} is silent: every sample is zero.`
    throw new FailureError(failure('audio-silent', message, 'Choose another recording.'))
  }
  const coded = codeSpectra(analyzeSpectra(leveled.x, kernels))
  const ratio = 2 ** (semitones / 12)
  const features = { ...coded, f0: coded.f0.map((hz) => hz * ratio) }
  const sampleCount = heard.length
  const rendering = { sampleCount, seed, denoise, kernels, progress, ...(noiseGain === undefined ? {} : { noiseGain }) }
  const scratch = createScratchFile(outPath)
  try {
    const excitation = renderExcitation(model, features, rendering)
    for (const piece of withEnvelope(excitation, sampleCount, features, kernels, scratch.openScratch))
      yield piece.map((sample) => sample / leveled.gain)
  } finally {
    scratch.close()
  }
}
