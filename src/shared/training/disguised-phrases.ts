import { createRandom } from '../base/random.ts'
import type { TrainingBatch } from '../networks/spectral-autoencoder/training-batch.ts'
import { augmentedBatch, type BatchSource, type SampleBandMap } from './batch.ts'
import type { Span } from './clip.ts'
import { heldOutCrops } from './crops.ts'
import { BATCH_SIZE } from './presets.ts'

/** Each crop is heard in so many disguises. */
const DISGUISES = 4
/** The same disguises for everybody who is compared. */
const SEED = 0x5eed

/**
 * Held-out phrases as another throat would give them: the encoder hears them augmented, the picture wanted is the
 * phrase itself. A network that only copies what it hears fails here, as it fails at conversion; judged by phrases as
 * they are, it would win. The same phrases give the same disguises, whatever the network and its normalization.
 */
export function disguisedPhrases(
  source: BatchSource,
  heldOut: readonly Span[],
  sampleBandMap: SampleBandMap,
): TrainingBatch[] {
  const random = createRandom(SEED)
  const plain = { ...source, readingShare: 0, reversedShare: 0 }
  const crops = heldOutCrops(heldOut).flatMap((crop) => Array.from({ length: DISGUISES }, () => crop))
  return Array.from({ length: Math.ceil(crops.length / BATCH_SIZE) }, (_, index) =>
    augmentedBatch(plain, crops.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE), sampleBandMap, random),
  )
}

/** A loss of normalized shapes, ln of power, in dB. */
export const errorDb = (loss: number, spread: number): number => (10 / Math.LN10) * loss * spread
