import type { RelganConfig } from '../../../networks/relgan/config.ts'
import type { RelganParameters } from '../../../networks/relgan/parameters.ts'
import type { EmotionNormal } from './emotion-normal.ts'

/** A trained generator with what it needs to be used. */
export interface RelganModel {
  readonly config: RelganConfig
  /** Of the generator alone; what judged it is not kept. */
  readonly parameters: RelganParameters
  /** In the order of the relative attribute. */
  readonly emotions: readonly string[]
  /** One for each emotion. */
  readonly normals: readonly EmotionNormal[]
  /** Above, envelopes are held: its clips have nothing there. */
  readonly edgeHz: number
}
