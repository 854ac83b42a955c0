import { createRandom } from '../../src/shared/base/random.ts'
import type { VocoderCard } from '../../src/shared/formats/vocoder-file.ts'
import { flowVocoderSizes } from '../../src/shared/networks/flow-vocoder/config.ts'
import { initializeFlowVocoder } from '../../src/shared/networks/flow-vocoder/initialize.ts'
import { parallelWavenetSizes } from '../../src/shared/networks/parallel-wavenet-vocoder/config.ts'
import { initializeParallelWavenet } from '../../src/shared/networks/parallel-wavenet-vocoder/initialize.ts'
import { FEATURES, sourceFilterSizes } from '../../src/shared/networks/source-filter/config.ts'
import { initializeSourceFilter } from '../../src/shared/networks/source-filter/initialize.ts'
import { wavenetVocoderSizes } from '../../src/shared/networks/wavenet-vocoder/config.ts'
import { initializeWavenetVocoder } from '../../src/shared/networks/wavenet-vocoder/initialize.ts'
import type { StoredTensor } from '../../src/shared/nn/parameters.ts'
import type { VocoderModel, VocoderModelOf } from '../../src/shared/vocoder/vocoder-model.ts'

/** A vocoder that never learned: it makes a sound. */
export const tinyVocoder: VocoderModel = {
  network: 'source-filter',
  config: sourceFilterSizes.tiny,
  parameters: initializeSourceFilter(sourceFilterSizes.tiny, createRandom(1)),
  normal: { mean: new Float32Array(FEATURES), spread: new Float32Array(FEATURES).fill(1) },
}

/** A flow that never learned, but whose couplings move: fresh ones only turn the noise. */
export const tinyFlowVocoder: VocoderModel = {
  network: 'flow',
  config: flowVocoderSizes.tiny,
  parameters: withEnds(initializeFlowVocoder(flowVocoderSizes.tiny, createRandom(2))),
  normal: tinyVocoder.normal,
}

/** A WaveNet that never learned, but whose samples follow from each other: fresh ones are white noise. */
export const tinyWavenetVocoder: VocoderModelOf<'wavenet'> = {
  network: 'wavenet',
  config: wavenetVocoderSizes.tiny,
  parameters: withEnds(initializeWavenetVocoder(wavenetVocoderSizes.tiny, createRandom(3))),
  normal: tinyVocoder.normal,
}

/** A student that never learned, but whose flows move their noise: fresh ones sing it as it is. */
export const tinyParallelVocoder: VocoderModel = {
  network: 'parallel-wavenet',
  config: parallelWavenetSizes.tiny,
  parameters: withEnds(initializeParallelWavenet(parallelWavenetSizes.tiny, createRandom(4))),
  normal: tinyVocoder.normal,
}

/** Last layers that say something. */
function withEnds(parameters: Map<string, StoredTensor>): Map<string, StoredTensor> {
  const random = createRandom(2)
  for (const [name, { values }] of parameters)
    if (name.endsWith('end/weight')) values.set(values.map(() => 0.1 * random.normal()))
  return parameters
}

export const tinyVocoderCard: VocoderCard = {
  name: 'Tom',
  licence: 'CC0-1.0',
  trainedOn: 'Tom',
  personCount: 1,
  recordedSec: 60,
  heldOutPeople: ['eve'],
  steps: 12,
  heldOutLoss: 1.5,
  createdAtMs: 0,
  software: 'Understudy',
  engine: 'wasm',
}
