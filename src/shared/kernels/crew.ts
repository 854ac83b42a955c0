import type { BackwardFlow } from '../dsp/coupling-flow.ts'
import type { GatedStack, StackCondition } from '../dsp/gated-stack.ts'
import type { LeveledFlow } from '../dsp/leveled-flow.ts'
import type { MelBands } from '../dsp/mel.ts'
import type { HarvestSearch, HarvestSpan, SpanCandidates } from './harvest-search.ts'

/** A whole sound whose pitch is wanted. */
export interface PitchJob {
  readonly x: Float64Array
  readonly fs: number
  readonly options: {
    readonly f0FloorHz?: number
    readonly f0CeilHz?: number
    readonly framePeriodSec?: number
  }
}

/** One span of a search; whoever does the job makes the filters, which are large and always the same. */
export interface PitchSpanJob {
  readonly search: Omit<HarvestSearch, 'groups'>
  readonly span: HarvestSpan
}

/** Some frames of a sound whose pitch is known at all of them. */
export interface FramesJob {
  readonly x: Float64Array
  readonly fs: number
  /** Hz a frame for all frames of `x`, 0 unvoiced. */
  readonly f0: Float64Array
  /** Included, as `lastFrame`. */
  readonly firstFrame: number
  readonly lastFrame: number
  readonly framePeriodSec: number
  readonly fftSize: number
}

/** Envelopes as ln of power in mel bands: see `logMelPower`. */
export interface LogMelJob extends FramesJob {
  readonly bands: MelBands
  readonly powerFloor: number
}

export interface AperiodicityJob extends FramesJob {
  readonly threshold: number
  /** Of all frames of `x`; found out where it is absent. */
  readonly lowBandShares?: Float64Array
}

/** Rows of fftSize / 2 + 1 bins, one a frame of the job. */
export interface VoiceRows {
  readonly power: Float64Array
  readonly aperiodicity: Float64Array
}

/** A stretch of noise that becomes sound. Its flow's weights lie in memory that threads share. */
export interface FlowJob {
  readonly flow: BackwardFlow
  /** [rows, group] */
  readonly z: Float32Array
  readonly condition: StackCondition
}

/** The same of a flow at many rates. */
export interface LeveledFlowJob {
  readonly flow: LeveledFlow
  /** As `invertLeveledFlow` takes them. */
  readonly z: readonly Float32Array[]
  readonly conditions: readonly (readonly StackCondition[])[]
}

/** Noise that becomes sound through a student's flows. */
export interface StudentJob {
  readonly stacks: readonly GatedStack[]
  /** [samples] */
  readonly noise: Float32Array
  readonly condition: StackCondition
}

/** What can be asked for, and what comes back. `world/jobs.ts` does it. */
export interface CrewJobs {
  readonly pitch: { readonly job: PitchJob; readonly result: Float64Array }
  readonly 'pitch-span': { readonly job: PitchSpanJob; readonly result: SpanCandidates }
  /** A row of the bands a frame of the job. */
  readonly 'log-mel': { readonly job: LogMelJob; readonly result: Float32Array }
  readonly 'low-band-shares': { readonly job: FramesJob; readonly result: Float64Array }
  /** [rows, group] */
  readonly flow: { readonly job: FlowJob; readonly result: Float32Array }
  /** Samples. */
  readonly 'leveled-flow': { readonly job: LeveledFlowJob; readonly result: Float32Array }
  /** Samples. */
  readonly student: { readonly job: StudentJob; readonly result: Float32Array }
  readonly voice: { readonly job: AperiodicityJob; readonly result: VoiceRows }
}

/** Several threads that analyze sound, or make it. */
export interface Crew {
  /**
   * Does all jobs of one kind, which are asked for as threads get free, and gives the results in the jobs' order. Blocks
   * until the last is taken. What a job throws is thrown here. Arrays over shared memory are not copied.
   */
  run<Kind extends keyof CrewJobs>(
    kind: Kind,
    jobs: Iterable<CrewJobs[Kind]['job']>,
    take: (result: CrewJobs[Kind]['result'], index: number) => void,
  ): void
}
