import { concatenated } from '../../../shared/base/concatenated.ts'
import type { Numbers } from '../../../shared/dsp/numbers.ts'
import { scratchInMemory } from '../../../shared/base/scratch.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { SOURCE_FILTER_RATE_HZ } from '../../../shared/networks/source-filter/config.ts'
import type { VocoderKind } from '../../../shared/networks/vocoder-kinds.ts'
import { createRestoring, createWhitening } from '../../../shared/vocoder/envelope-filter.ts'
import { renderExcitation } from '../../../shared/vocoder/excitation.ts'
import type { ExcitationOptions } from '../../../shared/vocoder/excite.ts'
import { decodeSpectra, type VocoderFeatures, type VoiceSpectra } from '../../../shared/vocoder/features.ts'
import { mixedExcitation } from '../../../shared/vocoder/mixed-source.ts'
import { withEnvelope } from '../../../shared/vocoder/sing.ts'
import type { VocoderModel } from '../../../shared/vocoder/vocoder-model.ts'
import { synthesize } from '../../../shared/world/index.ts'

/** What a renderer is told of a recording, and what only bounds may look at. */
export interface CopiedVoice {
  readonly samples: Float64Array
  readonly spectra: VoiceSpectra
  readonly features: VocoderFeatures
}

/** Turns features into samples at 16 kHz. */
export interface CopyRenderer {
  readonly name: string
  readonly meaning: string
  /** Of a trained vocoder, which has bars to reach: its kind. */
  readonly trained: VocoderKind | null
  render(voice: CopiedVoice): Numbers
}

const SEED = 1

/** Everything that needs no training. */
export const plainRenderers = (kernels: Kernels): readonly CopyRenderer[] => [
  {
    name: 'kept',
    meaning: 'the recording’s own excitation through the coded envelope: nothing can be better',
    trained: null,
    render: ({ samples, features }) =>
      createRestoring(features.cepstra).apply(createWhitening(features.cepstra).apply(samples)),
  },
  {
    name: 'WORLD',
    meaning: 'WORLD from all that it analyzed',
    trained: null,
    render: ({ samples, spectra }) => world(spectra, samples.length, kernels),
  },
  {
    name: 'WORLD coded',
    meaning: 'WORLD from the coded features, as trained vocoders get them',
    trained: null,
    render: ({ samples, features }) => world(decodeSpectra(features), samples.length, kernels),
  },
  {
    name: 'no net',
    meaning: 'pulses and noise, mixed by the coded features, through their envelope, corrected once',
    trained: null,
    render: ({ samples, features }) => {
      const excitation = mixedExcitation(features, { sampleCount: samples.length, seed: SEED })
      return concatenated([
        ...withEnvelope([Float32Array.from(excitation)], samples.length, features, kernels, scratchInMemory),
      ])
    },
  },
]

/** A trained vocoder's file as a renderer. */
export const trainedRenderer = (
  name: string,
  model: VocoderModel,
  draw: Pick<ExcitationOptions, 'noiseGain' | 'denoise'>,
  kernels: Kernels,
): CopyRenderer => ({
  name,
  meaning: `a trained vocoder (${model.network}) through the coded envelope, corrected once`,
  trained: model.network,
  render: ({ samples, features }) => {
    const { length } = samples
    const options = { sampleCount: length, seed: SEED, kernels, ...draw }
    return concatenated([
      ...withEnvelope(renderExcitation(model, features, options), length, features, kernels, scratchInMemory),
    ])
  },
})

function world({ f0, envelope, aperiodicity }: VoiceSpectra, sampleCount: number, { synthesis }: Kernels) {
  const sound = synthesize(f0, envelope, aperiodicity, SOURCE_FILTER_RATE_HZ, {}, synthesis)
  const output = new Float64Array(sampleCount)
  output.set(sound.subarray(0, sampleCount))
  return output
}
