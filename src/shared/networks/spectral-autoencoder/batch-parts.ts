import { AUXILIARY_CHANNELS, BAND_COUNT, ENCODER_INPUT_CHANNELS } from './config.ts'
import { measureWeightSums } from './loss.ts'
import type { TrainingBatch } from './training-batch.ts'

/**
 * Cuts a batch into parts of so many items, the last one smaller. A part is a batch whose losses and gradient are its
 * share of the whole's: added over the parts they are the whole's, up to rounding.
 */
export function partsOfBatch(batch: TrainingBatch, itemsAtOnce: number): TrainingBatch[] {
  const items = batch.singerIndices.length
  if (itemsAtOnce >= items) return [batch]
  const weightSums = batch.weightSums ?? measureWeightSums(batch)
  return Array.from({ length: Math.ceil(items / itemsAtOnce) }, (_, index) => {
    const start = index * itemsAtOnce
    return partOf({ ...batch, weightSums }, start, Math.min(start + itemsAtOnce, items))
  })
}

/** The arrays are views of the batch's own. */
function partOf(batch: TrainingBatch, start: number, end: number): TrainingBatch {
  const rows = (values: Float32Array, width: number) =>
    values.subarray(start * batch.frameCount * width, end * batch.frameCount * width)
  return {
    ...batch,
    encoderInput: rows(batch.encoderInput, ENCODER_INPUT_CHANNELS),
    auxiliary: rows(batch.auxiliary, AUXILIARY_CHANNELS),
    target: rows(batch.target, BAND_COUNT),
    singerIndices: batch.singerIndices.slice(start, end),
    isNarrow: batch.isNarrow.slice(start, end),
  }
}
