import type { Progress } from '../base/progress.ts'
import type { Kernels } from '../kernels/kernels.ts'
import type { VocoderKind } from '../networks/vocoder-kinds.ts'
import type { VocoderFeatures } from './features.ts'
import type { VocoderModelOf } from './vocoder-model.ts'

export interface ExcitationOptions {
  readonly sampleCount: number
  readonly seed: number
  /** How loud the noise is that drives the network; missing, as is usual of its kind. */
  readonly noiseGain?: number
  /** Of what a flow hums while it is told nothing so much is taken off its magnitudes; missing, nothing. Flows only. */
  readonly denoise?: number
  /** Samples are made so many frames at a time: memory follows, the numbers do not. */
  readonly chunkFrames?: number
  readonly progress?: Progress
  readonly kernels?: Kernels
}

/** What a kind of vocoder sings, in order and in pieces, its last one to a whole frame. */
export type ExciteVocoder<Kind extends VocoderKind> = (
  model: VocoderModelOf<Kind>,
  features: VocoderFeatures,
  options: ExcitationOptions & Required<Pick<ExcitationOptions, 'noiseGain' | 'progress' | 'kernels'>>,
) => Generator<Float32Array>
