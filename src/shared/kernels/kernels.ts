import { createCausalStackKernel } from './causal-stack.ts'
import { createEnvelopeKernel, type EstimateEnvelopes } from './cheaptrick.ts'
import { createConvolutionKernel } from './convolution.ts'
import { createAperiodicityKernel, type AperiodicityEstimator } from './d4c.ts'
import { createGatedStackKernel } from './gated-stack.ts'
import { createFilterKernel, type FilterKernel } from './differential-filter.ts'
import type { Crew } from './crew.ts'
import { createNearestKernel, nearestReference, type NearestNeighbors } from './nearest.ts'
import type { OpenCausalStack } from '../dsp/causal-stack.ts'
import type { RunGatedStack } from '../dsp/gated-stack.ts'
import type { Convolve } from '../dsp/packed-convolution.ts'
import type { FilterPolyphase } from '../dsp/polyphase.ts'
import type { KernelModule } from './instance.ts'
import { createPitchKernel, type PitchKernel } from './pitch.ts'
import { createPolyphaseKernel } from './polyphase.ts'
import { createSynthesisKernel, type RenderPulses } from './synthesis.ts'
import { createTranspositionKernel, type TranspositionSteps } from './transposition.ts'

/**
 * The hot paths of the program in compiled form, handed down from where files are read. A member that is absent is
 * computed by its plain twin, which lives beside its algorithm in the rooms `world` and `conversion`. An instance
 * belongs to one thread.
 */
export interface Kernels {
  readonly nearest: NearestNeighbors
  /** More threads with the same kernels, where there are any. */
  readonly crew?: Crew
  /** For `harvest`, `dio` and `stoneMask`. */
  readonly pitch?: PitchKernel
  /** For `cheapTrick` and `forEachEnvelope`. */
  readonly envelopes?: EstimateEnvelopes
  /** For `d4c` and `lowBandShares`. */
  readonly aperiodicity?: AperiodicityEstimator
  /** For `synthesize`. */
  readonly synthesis?: RenderPulses
  /** For `createDifferentialFilter`. */
  readonly filter?: FilterKernel
  /** For `transpose` and `createMovedVoice`. */
  readonly transposition?: TranspositionSteps
  /** For the layers of `createInference`. */
  readonly convolution?: Convolve
  /** For the couplings of flows. */
  readonly gatedStack?: RunGatedStack
  /** For what is sung one sample after the other. */
  readonly causalStack?: OpenCausalStack
  /** For the analysis' lower rate. */
  readonly polyphase?: FilterPolyphase
}

/** No compiled code at all: what the tests hold the kernels to, and the fallback without WebAssembly. */
export const plainKernels: Kernels = { nearest: nearestReference }

/** The files of `out/kernels` that make up `Kernels`; each stands for itself. */
export const kernelNames = [
  'nearest',
  'pitch',
  'cheaptrick',
  'd4c',
  'synthesis',
  'differential-filter',
  'transposition',
  'polyphase',
  'convolution',
  'gated-stack',
  'gated-stack-fused',
  'causal-stack',
] as const
export type KernelName = (typeof kernelNames)[number]

/** Kernels from the modules that there are, plain twins for the rest; fused products where the machine has them. */
export function createKernels(modules: Readonly<Partial<Record<KernelName, KernelModule>>>): Kernels {
  const gatedStack = understood(modules['gated-stack-fused']) ?? modules['gated-stack']
  return {
    nearest: modules.nearest ? createNearestKernel(modules.nearest) : nearestReference,
    ...(modules.pitch && { pitch: createPitchKernel(modules.pitch) }),
    ...(modules.cheaptrick && { envelopes: createEnvelopeKernel(modules.cheaptrick) }),
    ...(modules.synthesis && { synthesis: createSynthesisKernel(modules.synthesis) }),
    ...(modules.d4c && { aperiodicity: createAperiodicityKernel(modules.d4c) }),
    ...(modules['differential-filter'] && { filter: createFilterKernel(modules['differential-filter']) }),
    ...(modules.transposition && { transposition: createTranspositionKernel(modules.transposition) }),
    ...(modules.convolution && { convolution: createConvolutionKernel(modules.convolution) }),
    ...(gatedStack && { gatedStack: createGatedStackKernel(gatedStack) }),
    ...(modules['causal-stack'] && { causalStack: createCausalStackKernel(modules['causal-stack']) }),
    ...(modules.polyphase && { polyphase: createPolyphaseKernel(modules.polyphase) }),
  }
}

/** Older engines lack some instructions. */
const understood = (module: KernelModule | undefined): KernelModule | undefined =>
  module instanceof Uint8Array && !WebAssembly.validate(module) ? undefined : module
