import * as z from 'zod'
import type { DomainId, SourceId } from '../base/id.ts'
import type { ClipFault } from '../screening/finding.ts'
import type { PresetEstimate } from './estimates.ts'
import { hashed } from './verb.ts'

/** Of the network that translates music. */
export const domainSizes = ['preview', 'compact', 'paper', 'long'] as const
export type DomainSize = (typeof domainSizes)[number]

/** Of voices alone; an instrument is no voice, and several of them may sound at once. */
export const faultsOfVoicesAlone: ReadonlySet<ClipFault> = new Set<ClipFault>([
  'other-singer',
  'hardly-voiced',
  'several-voices',
  'not-a-voice',
  'noisy',
  'reverberant',
  'low-bandwidth',
])

/** Domains that are learned together: more would hardly fit into a memory. */
export const MOST_DOMAINS = 12

const name = z.string().trim().min(1).max(120)

/** What a training is asked for: domains with checked clips of the library (`singer:inspectClips`). */
export const domainTraining = z.object({
  domains: z
    .array(
      z.object({
        name,
        recordings: z
          .array(
            z.object({
              clipId: hashed<SourceId>(),
              fileName: z.string().max(400),
            }),
          )
          .min(1)
          .max(5000),
      }),
    )
    .min(1)
    .max(MOST_DOMAINS),
  size: z.enum(domainSizes),
  /** Missing, the size's own. */
  steps: z.number().int().min(1).max(10_000_000).exactOptional(),
  /** Below the encoder of this domain, which stays as it is; the size is then that domain's. */
  besideId: z
    .string()
    .regex(/^[0-9a-z]{1,80}$/)
    .exactOptional() as unknown as z.ZodOptional<z.ZodType<DomainId, DomainId>>, // only the brand is added
  licence: z.string().trim().min(1).max(400),
  /** Whose recordings, in words. */
  learnedFrom: z.string().trim().min(1).max(400),
  seed: z.number().int().min(0).max(0xffffffff),
})
export type DomainTrainingAsked = z.infer<typeof domainTraining>

/** What the main process asks of a worker: to learn domains, or to go on where their folder was left. */
export interface DomainTrainRequest {
  readonly domains: readonly LearningDomain[]
  readonly size: DomainSize | 'tiny'
  readonly steps?: number
  /** The `.domain` file whose encoder is taken over as it is; one domain is then learned. */
  readonly besidePath?: string
  readonly licence: string
  readonly learnedFrom: string
  readonly software: string
  readonly createdAtMs: number
  readonly seed: number
  /** What was heard of the recordings, the state of the steps, and the curve. */
  readonly workFolder: string
}

/** One domain of a training: its recordings, and where what is learned goes. */
export interface LearningDomain {
  readonly domainId: DomainId
  readonly name: string
  readonly recordings: readonly {
    /** Hash of its content. */
    readonly clipId: SourceId
    readonly fileName: string
    readonly path: string
  }[]
  /** The `.domain` file, always whole: rewritten at each better check. */
  readonly modelPath: string
}

/** What a training came to. */
export interface DomainTrainSummary {
  readonly stepCount: number
  readonly bestStep: number
  readonly trainingSec: number
  readonly backend: string
  readonly domains: readonly { readonly name: string; readonly recordedSec: number }[]
  /** Reconstruction of what was held out, in nats a sample; null where nothing was. */
  readonly heldOutLoss: number | null
}

/** What a training will take before it is begun. */
export interface DomainTrainingEstimate extends PresetEstimate {
  readonly recordedSec: number
  /** The engine that will train; null where none was measured. */
  readonly engine: string | null
  readonly freeDiskBytes: number
  readonly freeMemoryBytes: number
}

/** What a training was asked for, to be seen beside its progress. */
export type AskedDomains = Pick<
  DomainTrainingAsked,
  'domains' | 'size' | 'steps' | 'besideId' | 'licence' | 'learnedFrom'
>

/** A domain of this person's library: its card without the weights. */
export interface TrainedDomain {
  readonly id: DomainId
  readonly converter: 'translation'
  /** Of its file: part of every render key. */
  readonly digest: string
  /** Index into the eight hues. */
  readonly hueIndex: number
  /** It was told pitch, so that the melody can be moved and edited. */
  readonly hasPitch: boolean
  readonly name: string
  readonly licence: string
  readonly learnedFrom: string
  readonly recordedSec: number
  readonly beside: readonly string[]
  readonly steps: number
  readonly heldOutLoss: number | null
  readonly createdAtMs: number
}
