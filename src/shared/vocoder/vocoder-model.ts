import type { NetworkParameters } from '../networks/definition.ts'
import type { VocoderConfigs, VocoderKind } from '../networks/vocoder-kinds.ts'
import type { VocoderNormal } from './condition.ts'

/** A trained vocoder of one kind: its network, and what is usual of the features it is told. */
export interface VocoderModelOf<Kind extends VocoderKind> {
  readonly network: Kind
  readonly config: VocoderConfigs[Kind]
  readonly parameters: NetworkParameters
  readonly normal: VocoderNormal
}

export type VocoderModel = { readonly [Kind in VocoderKind]: VocoderModelOf<Kind> }[VocoderKind]

/** A model whose config is of its kind, told only by its type, as one of all kinds. */
export const vocoderModel = <Kind extends VocoderKind>(
  network: Kind,
  parts: Omit<VocoderModelOf<Kind>, 'network'>,
): VocoderModel => {
  const model: VocoderModelOf<Kind> = { network, ...parts }
  // What is of one kind is of one of all kinds: a generic type hides that.
  return model as VocoderModelOf<VocoderKind> as VocoderModel
}
