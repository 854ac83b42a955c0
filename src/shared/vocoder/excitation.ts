import { silentProgress } from '../base/progress.ts'
import { plainKernels } from '../kernels/kernels.ts'
import type { VocoderKind } from '../networks/vocoder-kinds.ts'
import type { ExcitationOptions, ExciteVocoder } from './excite.ts'
import { exciteFlow } from './excite-flow.ts'
import { exciteParallelWavenet } from './excite-parallel-wavenet.ts'
import { exciteSourceFilter } from './excite-source-filter.ts'
import { exciteWavenet } from './excite-wavenet.ts'
import type { VocoderFeatures } from './features.ts'
import { withoutRumble } from './rumble.ts'
import type { VocoderModel, VocoderModelOf } from './vocoder-model.ts'

interface SingingKind<Kind extends VocoderKind> {
  /** 1 as in training; less where a net comes out noisier than what it learned from. */
  readonly noiseGain: number
  readonly excite: ExciteVocoder<Kind>
}

const kinds: { readonly [Kind in VocoderKind]: SingingKind<Kind> } = {
  // Chosen on people that one learned from: `models/train/vocoder-ged`.
  'source-filter': { noiseGain: 0.1, excite: exciteSourceFilter },
  // A temperature; likewise: `models/train/vocoder-flow`.
  flow: { noiseGain: 0.2, excite: exciteFlow },
  // Chosen on people that one learned from: `models/train/vocoder-wavenet`.
  wavenet: { noiseGain: 0.6, excite: exciteWavenet },
  // Likewise: `models/train/vocoder-student`.
  'parallel-wavenet': { noiseGain: 0.15, excite: exciteParallelWavenet },
}

/** How loud the noise usually is that drives a vocoder. */
export const usualNoiseGain = ({ network }: Pick<VocoderModel, 'network'>): number => kinds[network].noiseGain

/**
 * What a trained vocoder makes of features before their envelope is put back, given in order, piece by piece. Each piece is
 * computed with as much around it as the network hears, so that the sound is bit for bit the same for any chunk.
 */
export const renderExcitation = (
  model: VocoderModel,
  features: VocoderFeatures,
  options: ExcitationOptions,
): Generator<Float32Array> => renderKind(model.network, model, features, options)

function* renderKind<Kind extends VocoderKind>(
  network: Kind,
  model: VocoderModelOf<Kind>,
  features: VocoderFeatures,
  options: ExcitationOptions,
): Generator<Float32Array> {
  const { noiseGain, excite } = kinds[network]
  const { sampleCount } = options
  let left = sampleCount
  const given = { noiseGain, progress: silentProgress, kernels: plainKernels, ...options }
  for (const piece of withoutRumble(excite(model, features, given))) {
    yield piece.subarray(0, left)
    left -= piece.length
  }
}
