import type { Random } from '../../base/random.ts'
import { initializeFlowVocoder } from '../../networks/flow-vocoder/initialize.ts'
import { flowVocoderLoss } from '../../networks/flow-vocoder/loss.ts'
import { initializeParallelWavenet } from '../../networks/parallel-wavenet-vocoder/initialize.ts'
import { parallelWavenetLoss } from '../../networks/parallel-wavenet-vocoder/loss.ts'
import { initializeSourceFilter } from '../../networks/source-filter/initialize.ts'
import { sourceFilterLoss } from '../../networks/source-filter/loss.ts'
import { initializeWavenetVocoder } from '../../networks/wavenet-vocoder/initialize.ts'
import { wavenetVocoderLoss } from '../../networks/wavenet-vocoder/loss.ts'
import type { VocoderConfigs, VocoderKind } from '../../networks/vocoder-kinds.ts'
import type { BatchLoss } from '../../networks/vocoder-step.ts'
import type { StoredParameters } from '../../nn/parameters.ts'
import type { VocoderModelOf } from '../../vocoder/vocoder-model.ts'

/** Whom each kind learns from beside recordings: `teacherKindNames` with their weights. */
export interface VocoderTeachers extends Readonly<Record<VocoderKind, VocoderModelOf<'wavenet'> | null>> {
  readonly 'source-filter': null
  readonly flow: null
  readonly wavenet: null
  readonly 'parallel-wavenet': VocoderModelOf<'wavenet'>
}

/** How a kind of vocoder learns, apart from the steps that all have in common. */
export interface VocoderLearner<Kind extends VocoderKind> {
  initialize(config: VocoderConfigs[Kind], random: Random): StoredParameters
  lossOf(teacher: VocoderTeachers[Kind]): BatchLoss<VocoderConfigs[Kind]>
}

export const vocoderLearners: { readonly [Kind in VocoderKind]: VocoderLearner<Kind> } = {
  'source-filter': { initialize: initializeSourceFilter, lossOf: () => sourceFilterLoss },
  flow: { initialize: initializeFlowVocoder, lossOf: () => flowVocoderLoss },
  wavenet: { initialize: initializeWavenetVocoder, lossOf: () => wavenetVocoderLoss },
  'parallel-wavenet': { initialize: initializeParallelWavenet, lossOf: parallelWavenetLoss },
}
