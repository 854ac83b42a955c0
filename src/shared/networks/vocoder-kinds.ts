import { flowVocoderSizes, type FlowVocoderConfig } from './flow-vocoder/config.ts'
import { flowVocoderShapes } from './flow-vocoder/parameters.ts'
import { flowGflopPerStep } from './flow-vocoder/step-cost.ts'
import { parallelWavenetSizes, type ParallelWavenetConfig } from './parallel-wavenet-vocoder/config.ts'
import { parallelWavenetShapes } from './parallel-wavenet-vocoder/parameters.ts'
import { parallelGflopPerStep } from './parallel-wavenet-vocoder/step-cost.ts'
import { sourceFilterSizes, type SourceFilterConfig } from './source-filter/config.ts'
import { sourceFilterShapes } from './source-filter/parameters.ts'
import { sourceFilterGflopPerStep } from './source-filter/step-cost.ts'
import type { vocoderKindNames } from './vocoder-names.ts'
import { wavenetVocoderSizes, type WavenetVocoderConfig } from './wavenet-vocoder/config.ts'
import { wavenetVocoderShapes } from './wavenet-vocoder/parameters.ts'
import { wavenetGflopPerStep } from './wavenet-vocoder/step-cost.ts'

export type VocoderKind = (typeof vocoderKindNames)[number]

/** Networks that turn a voice's features into sound without its envelope, and what decides the shape of each. */
export interface VocoderConfigs extends Readonly<Record<VocoderKind, object>> {
  readonly 'source-filter': SourceFilterConfig
  readonly flow: FlowVocoderConfig
  readonly wavenet: WavenetVocoderConfig
  readonly 'parallel-wavenet': ParallelWavenetConfig
}

/** What is known of a kind without its tensors. Who trains it: `training/vocoder/learners.ts`; who sings: `vocoder/excitation.ts`. */
export interface VocoderKindFacts<Config> {
  readonly sizes: Readonly<Record<'compact' | 'large' | 'tiny', Config>>
  /** Names and stored shapes of everything that is learned. */
  shapesOf(config: Config): ReadonlyMap<string, readonly number[]>
  /** 10⁹ multiplications and additions of one step over so many samples. */
  gflopPerStep(config: Config, samples: number): number
  /** Channels of all layers together, each of which a step remembers. */
  channelsOf(config: Config): number
}

export const vocoderKinds: { readonly [Kind in VocoderKind]: VocoderKindFacts<VocoderConfigs[Kind]> } = {
  'source-filter': {
    sizes: sourceFilterSizes,
    shapesOf: sourceFilterShapes,
    gflopPerStep: sourceFilterGflopPerStep,
    channelsOf: ({ dilations, residual }) => dilations.length * residual,
  },
  flow: {
    sizes: flowVocoderSizes,
    shapesOf: flowVocoderShapes,
    gflopPerStep: flowGflopPerStep,
    channelsOf: ({ flows, layers, channels }) => flows * layers * channels,
  },
  wavenet: {
    sizes: wavenetVocoderSizes,
    shapesOf: wavenetVocoderShapes,
    gflopPerStep: wavenetGflopPerStep,
    channelsOf: ({ stacks, layersPerStack, residual, skip }) => stacks * layersPerStack * (residual + skip),
  },
  'parallel-wavenet': {
    sizes: parallelWavenetSizes,
    shapesOf: parallelWavenetShapes,
    gflopPerStep: parallelGflopPerStep,
    // A compact teacher's layers are remembered, too.
    channelsOf: ({ flows, layers, channels }) =>
      2 * flows * layers * channels + vocoderKinds.wavenet.channelsOf(wavenetVocoderSizes.compact),
  },
}

/** The shapes of a network whose kind and config belong together. */
export const vocoderShapes = <Kind extends VocoderKind>(
  network: Kind,
  config: VocoderConfigs[Kind],
): ReadonlyMap<string, readonly number[]> => vocoderKinds[network].shapesOf(config)
