import type { Random } from '../../base/random.ts'
import { initializeFlowVocoder } from '../../networks/flow-vocoder/initialize.ts'
import { flowVocoderLoss } from '../../networks/flow-vocoder/loss.ts'
import { initializeSourceFilter } from '../../networks/source-filter/initialize.ts'
import { sourceFilterLoss } from '../../networks/source-filter/loss.ts'
import { initializeWavenetVocoder } from '../../networks/wavenet-vocoder/initialize.ts'
import { wavenetVocoderLoss } from '../../networks/wavenet-vocoder/loss.ts'
import type { VocoderConfigs, VocoderKind } from '../../networks/vocoder-kinds.ts'
import type { BatchLoss } from '../../networks/vocoder-step.ts'
import type { StoredParameters } from '../../nn/parameters.ts'

/** How a kind of vocoder learns, apart from the steps that all have in common. */
export interface VocoderLearner<Config> {
  initialize(config: Config, random: Random): StoredParameters
  readonly lossOf: BatchLoss<Config>
}

export const vocoderLearners: { readonly [Kind in VocoderKind]: VocoderLearner<VocoderConfigs[Kind]> } = {
  'source-filter': { initialize: initializeSourceFilter, lossOf: sourceFilterLoss },
  flow: { initialize: initializeFlowVocoder, lossOf: flowVocoderLoss },
  wavenet: { initialize: initializeWavenetVocoder, lossOf: wavenetVocoderLoss },
}
