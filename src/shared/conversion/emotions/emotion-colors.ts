import { BAND_COUNT } from '../../networks/spectral-autoencoder/config.ts'
import type { EmotionStatistics } from './definition.ts'

/**
 * Speech gets three quarters of an emotion's own color and once the mean of what all performances have, neutral among
 * them: a mean of four is known better than each, and what everybody does who is moved leaves a voice that person's,
 * which what parts one emotion from the others does less. Chosen on five of the ten people of EmoDB
 * (`models/train/EXPERIMENTS.md`).
 */
const SPOKEN = { own: 0.75, common: 1 }
/** Of singing, which keeps its melody, the color has most to tell: half of what parts it from the mean is added. */
const SUNG = { own: 1.5, common: -0.5 }

/** How an emotion colors speech and singing, ln of power per band (64). */
export interface EmotionColors {
  readonly spoken: Float32Array
  readonly sung: Float32Array
}

/** The colors of tables that were learned together, in their order. */
export function emotionColors(tables: readonly EmotionStatistics[]): EmotionColors[] {
  const performances = tables.length + 1 // neutral differs from itself by nothing
  const common = Array.from({ length: BAND_COUNT }, (_, band) =>
    tables.reduce((sum, { shapeOffset }) => sum + shapeOffset[band] / performances, 0),
  )
  const mixed = ({ shapeOffset }: EmotionStatistics, shares: typeof SPOKEN) =>
    shapeOffset.map((value, band) => shares.own * value + shares.common * common[band])
  return tables.map((table) => ({ spoken: mixed(table, SPOKEN), sung: mixed(table, SUNG) }))
}
