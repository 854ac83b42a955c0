import { SOURCE_FILTER_RATE_HZ } from '../../shared/networks/source-filter/config.ts'
import type { Resample } from '../../shared/conversion/sound.ts'
import type { Kernels } from '../../shared/kernels/kernels.ts'
import { renderExcitation } from '../../shared/vocoder/excitation.ts'
import { analyzeSpectra, atUsualLevel, codeSpectra } from '../../shared/vocoder/features.ts'
import { withEnvelope } from '../../shared/vocoder/sing.ts'
import type { VocoderModel } from '../../shared/vocoder/vocoder-model.ts'
import { createScratchFile } from '../files/scratch-file.ts'

/** How a recording is sung again. */
export interface VocoderCopy {
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

/**
 * A recording, of 16 kHz or more, sung again from its own coded features by a vocoder alone: at 16 kHz, as loud as it was,
 * in pieces. Gives nothing of a silent one.
 * @param outPath beside it excitation and sound lie until the end
 */
export function* copiedThroughVocoder(
  model: VocoderModel,
  { mono, rateHz, seed, semitones = 0, noiseGain, denoise = 0 }: VocoderCopy,
  { kernels, resample }: { readonly kernels: Kernels; readonly resample: Resample },
  outPath: string,
): Generator<Float32Array> {
  const heard = rateHz === SOURCE_FILTER_RATE_HZ ? mono : resample(mono, rateHz, SOURCE_FILTER_RATE_HZ)
  const leveled = atUsualLevel(heard)
  if (leveled === null) return
  const coded = codeSpectra(analyzeSpectra(leveled.x, kernels))
  const ratio = 2 ** (semitones / 12)
  const features = { ...coded, f0: coded.f0.map((hz) => hz * ratio) }
  const sampleCount = heard.length
  const rendering = { sampleCount, seed, denoise, kernels, ...(noiseGain === undefined ? {} : { noiseGain }) }
  const scratch = createScratchFile(outPath)
  try {
    const excitation = renderExcitation(model, features, rendering)
    for (const piece of withEnvelope(excitation, sampleCount, features, kernels, scratch.openScratch))
      yield piece.map((sample) => sample / leveled.gain)
  } finally {
    scratch.close()
  }
}
