import { createRandom } from '../../src/shared/base/random.ts'
import type { VocoderCard } from '../../src/shared/formats/vocoder-file.ts'
import { FEATURES, sourceFilterSizes } from '../../src/shared/networks/source-filter/config.ts'
import { initializeSourceFilter } from '../../src/shared/networks/source-filter/initialize.ts'
import type { VocoderModel } from '../../src/shared/vocoder/vocoder-model.ts'

/** A vocoder that never learned: it makes a sound. */
export const tinyVocoder: VocoderModel = {
  config: sourceFilterSizes.tiny,
  parameters: initializeSourceFilter(sourceFilterSizes.tiny, createRandom(1)),
  normal: { mean: new Float32Array(FEATURES), spread: new Float32Array(FEATURES).fill(1) },
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
