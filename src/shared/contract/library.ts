import type { PerformerId, ProjectId, SingerId } from '../base/id.ts'
import type { SingerProvenance } from '../project/singer-provenance.ts'
import type { SingerRange } from '../project/singer-range.ts'
import type { TrainedDomain } from './domains.ts'
import type { EngineState, NativeOffer, TrainingPreset } from './engines.ts'

export type { AskedMethod, EngineState, TrainingMethod, TrainingPreset } from './engines.ts'

/** A singer as the interface shows it: the card without the weights. */
export interface Singer {
  readonly id: SingerId
  readonly name: string
  /** Index into the eight singer hues. */
  readonly hueIndex: number
  readonly lowestHz: number
  readonly highestHz: number
  readonly medianHz: number
  readonly origin: 'shipped' | 'trained' | 'imported'
  readonly licence: string
  /** What the owner of the voice agreed to, in words; null for a shipped demo voice. */
  readonly consent: string | null
  readonly trainedFromSec: number
  readonly createdAtMs: number
  /** SHA-256 of the singer file; part of every render key. */
  readonly digest: string
  readonly converter: string
  /** 0…1 while a training goes on, else 1. A singer is usable from its first checkpoint. */
  readonly learnedFraction: number
  /** Whose voice it is, by name; missing where the card does not say, as are the next two. */
  readonly owner?: string
  /** What a scale through its range found, once it was tried. */
  readonly range?: SingerRange
  readonly provenance?: SingerProvenance
}

/** Who performs regions. */
export type Performer = Singer | TrainedDomain

export interface RecentProject {
  readonly projectId: ProjectId
  readonly name: string
  readonly path: string
  readonly durationSec: number
  /** Singers and domains. */
  readonly singerIds: readonly PerformerId[]
  readonly openedAtMs: number
  readonly isMissing: boolean
}

export interface Recovery {
  readonly projectId: ProjectId
  readonly name: string
  readonly savedPath: string | null
  readonly autosavedAtMs: number
  readonly editCount: number
}

export interface Emotion {
  readonly id: string
  readonly label: string
  /** The gesture of the voice that its glyph draws. */
  readonly gesture: 'flat' | 'rising' | 'falling' | 'arched' | 'jagged' | 'trembling'
}

/** A compute worker that is up: what tells a leak from a large task. */
export interface WorkerState {
  readonly role: 'interactive' | 'training'
  /** Of its process, at its last sign of life. */
  readonly residentBytes: number
  /** Held in its engine after its last task. */
  readonly tensorCount: number
  /** Tasks that this process has ended. */
  readonly taskCount: number
  /** Processes of this role that were started since the program was. */
  readonly startCount: number
}

export interface EngineReport {
  readonly engines: readonly EngineState[]
  readonly native: NativeOffer
  /** Seconds of audio converted per second of work; null until measured. */
  readonly realTimeFactor: number | null
  readonly threadCount: number
  readonly freeMemoryBytes: number
  readonly totalMemoryBytes: number
  readonly freeDiskBytes: number
  /** Expected seconds per training preset, with the engine that trains. */
  readonly trainingSec: Readonly<Record<TrainingPreset, number>> | null
  readonly measuredAtMs: number
  /** Those that are up. */
  readonly workers: readonly WorkerState[]
}
