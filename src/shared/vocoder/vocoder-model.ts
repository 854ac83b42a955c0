import type { NetworkParameters } from '../networks/definition.ts'
import type { SourceFilterConfig } from '../networks/source-filter/config.ts'
import type { VocoderNormal } from './condition.ts'

/** A trained vocoder: its network, and what is usual of the features it is told. */
export interface VocoderModel {
  readonly config: SourceFilterConfig
  readonly parameters: NetworkParameters
  readonly normal: VocoderNormal
}
