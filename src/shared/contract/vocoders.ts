import * as z from 'zod'
import type { SourceId, VocoderId } from '../base/id.ts'
import { teacherKindNames, vocoderKindNames } from '../networks/vocoder-names.ts'
import type { PresetEstimate } from './estimates.ts'
import { fileReference, hashed, id } from './verb.ts'

/**
 * What a vocoder's network is: pulses and noise through layers, noise backwards through a flow, sample after sample, or
 * all of a teacher's samples at once.
 */
export const vocoderNetworks = vocoderKindNames
export type VocoderNetwork = (typeof vocoderNetworks)[number]
/** Networks that learn from a trained one beside recordings, and of which kind that is. */
export const teacherNetworks = teacherKindNames

/** Of the network. */
export const vocoderNetworkSizes = ['compact', 'large'] as const
export type VocoderSize = (typeof vocoderNetworkSizes)[number]

/** A trained vocoder that another learns from: one of the library, or a file. */
export const vocoderTeacher = z.union([
  z.object({ kind: z.literal('vocoder'), vocoderId: id<VocoderId>() }),
  fileReference,
])
export type VocoderTeacherAsked = z.infer<typeof vocoderTeacher>

/** What a training is asked for: checked clips of the library (`singer:inspectClips`), and whose they are. */
export const vocoderTraining = z.object({
  name: z.string().trim().min(1).max(120),
  recordings: z
    .array(
      z.object({
        clipId: hashed<SourceId>(),
        fileName: z.string().max(400),
        person: z.string().max(120),
      }),
    )
    .min(1)
    .max(5000),
  /** Missing in what older programs asked for. */
  network: z.enum(vocoderNetworks).default('source-filter'),
  size: z.enum(vocoderNetworkSizes),
  /** Of a student; copied before the training begins, so that it goes on whatever becomes of the file. */
  teacher: vocoderTeacher.exactOptional(),
  /** Missing, the size's own. */
  steps: z.number().int().min(1).max(10_000_000).exactOptional(),
  licence: z.string().trim().min(1).max(400),
  /** Whose recordings, in words. */
  trainedOn: z.string().trim().min(1).max(400),
  seed: z.number().int().min(0).max(0xffffffff),
})
export type VocoderTrainingAsked = z.infer<typeof vocoderTraining>

/** What the main process asks of a worker: to learn a vocoder, or to go on where its folder was left. */
export interface VocoderTrainRequest {
  readonly recordings: readonly VocoderRecording[]
  readonly name: string
  readonly licence: string
  /** Whose recordings, in words. */
  readonly trainedOn: string
  readonly software: string
  readonly createdAtMs: number
  readonly network: VocoderNetwork
  readonly size: VocoderSize | 'tiny'
  readonly plan: {
    readonly stepCount: number
    readonly batchSize: number
    readonly cropFrames: number
    readonly peakRate: number
    readonly checkSteps: number
    readonly patience: number
    readonly pitchedCopies: number
  }
  readonly seed: number
  /** Features, the state of the steps, checkpoints that can be heard, and the curve. */
  readonly workFolder: string
  /** The `.vocoder` file, always whole: rewritten at each better check. */
  readonly modelPath: string
  /** The `.vocoder` file of a student's teacher. */
  readonly teacherPath?: string
}

/** A WAV file and who is heard in it. */
export interface VocoderRecording {
  /** Hash of its content. */
  readonly recordingId: string
  readonly fileName: string
  readonly path: string
  readonly person: string
}

/** What a training came to. */
export interface VocoderTrainSummary {
  readonly stepCount: number
  readonly bestStep: number
  readonly stoppedEarly: boolean
  readonly trainingSec: number
  readonly backend: string
  readonly recordedSec: number
  readonly personCount: number
  /** Who was never learned from; empty where there were too few people to spare one. */
  readonly heldOutPeople: readonly string[]
  /** Loss on them; null where nobody was held out. */
  readonly heldOutLoss: number | null
}

/** What a training will take before it is begun. */
export interface VocoderTrainingEstimate extends PresetEstimate {
  readonly recordedSec: number
  readonly personCount: number
  /** The engine that will train; null where none was measured. */
  readonly engine: string | null
  readonly freeDiskBytes: number
  readonly freeMemoryBytes: number
}

/** A vocoder of this person's library: its card without the weights. */
export interface TrainedVocoder {
  readonly id: VocoderId
  readonly name: string
  readonly network: VocoderNetwork
  readonly licence: string
  readonly trainedOn: string
  readonly personCount: number
  readonly recordedSec: number
  readonly steps: number
  readonly heldOutLoss: number | null
  readonly heldOutPeople: readonly string[]
  readonly createdAtMs: number
  /** Of a student: whom it learned from. */
  readonly teacher?: { readonly name: string; readonly steps: number }
}
