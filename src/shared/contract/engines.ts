import type { Told } from './told.ts'

/** Every engine that the program knows. What one computes with, the tensor library calls its backend. */
export const engineIds = ['tensorflow', 'webgpu', 'webgpu-window', 'wasm', 'cpu'] as const
export type EngineId = (typeof engineIds)[number]

/** Where an engine computes: in a worker process, or in a hidden window that speaks the same protocol. */
export type EngineBody = 'process' | 'window'

/** What an engine is used for; an engine that loses both is only ready. */
export type EngineUse = 'training' | 'conversion'

/** One compute engine: what it is, what its self-test found, and what it is used for. */
export interface EngineState {
  readonly id: EngineId
  readonly label: string
  readonly body: EngineBody
  /** `refused` is set aside with the reason, until its version, its driver or Node changes. */
  readonly state: 'in-use' | 'ready' | 'untested' | 'refused' | 'not-installed'
  /** "fastest with the right numbers", "wrong numbers in the self-test", … */
  readonly reason: string
  /** The reason by its code, where the program itself says it. */
  readonly told?: Told
  /** Name of the device, as its driver tells it; null where none is told. */
  readonly device: string | null
  /** Memory of the device; null where it is the machine's own, or not told. */
  readonly memoryBytes: number | null
  /** What its process took after the measured steps; null before it was measured. */
  readonly residentBytes: number | null
  readonly version: string | null
  /** Of the training step below, counted as multiplications and additions. */
  readonly gflopPerSec: number | null
  /** Training steps of the fast size per second. */
  readonly stepsPerSec: number | null
  /** One second of sound through the fast network. */
  readonly inferenceMs: number | null
  readonly use: readonly EngineUse[]
  /** Expected seconds per training preset, from its measured steps. */
  readonly trainingSec: Readonly<Record<TrainingPreset, number>> | null
}

export type TrainingPreset = 'quick' | 'normal' | 'long'
/** `enroll` bends the shipped base to the new voice, `scratch` learns everything from the clips. */
/** How a singer was learned: tuned into the shipped base, from nothing, or from nothing together with others. */
export type TrainingMethod = 'enroll' | 'scratch' | 'joint'

/** What a training is asked for: one of these, or that the phrases held back choose. */
export type AskedMethod = TrainingMethod | 'automatic'

/** The native engine that a person may add, with everything that they should know before. */
export interface NativeOffer {
  /** What stands against it on this machine, in words; null when nothing does. */
  readonly obstacle: string | null
  /** The obstacle by its code. */
  readonly obstacleTold?: Told
  readonly installed: NativeVariantId | null
  readonly variants: readonly NativeVariant[]
}

export const nativeVariantIds = ['cpu', 'gpu'] as const
export type NativeVariantId = (typeof nativeVariantIds)[number]

export interface NativeVariant {
  readonly id: NativeVariantId
  readonly label: string
  readonly downloadBytes: number
  /** Of an earlier download that was interrupted: these need not come again. */
  readonly receivedBytes: number
  readonly diskBytes: number
  /** Whose it is and under which terms; the whole texts lie beside the engine once it is installed. */
  readonly licence: string
  /** Null where it was run on such a machine; else what is not known. */
  readonly caveat: string | null
}
