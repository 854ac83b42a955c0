import * as z from 'zod'
import type {
  DomainId,
  EmotionModelId,
  JobId,
  PerformerId,
  ProjectId,
  RegionId,
  SingerId,
  SourceId,
  VocoderId,
} from '../base/id.ts'
import { HUE_COUNT } from '../project/hues.ts'
import type { Project } from '../project/model.ts'
import type { PitchOutline } from '../project/pitch-outline.ts'
import { readablePerformance as performance } from '../project/performance-schema.ts'
import type { AskedEmotions, EmotionTrainingEstimate, LabeledRecording, TrainedEmotions } from './emotions.ts'
import type { FarmState } from './farm-state.ts'
import { nativeVariantIds } from './engines.ts'
import type { TrainingEstimate } from './estimates.ts'
import type { Job, TrainingPoint } from './jobs.ts'
import { preferences, type Preferences } from './preferences.ts'
import { domainVerbs } from './domain-verbs.ts'
import { vocoderVerbs } from './vocoder-verbs.ts'
import { waveformSizes, type WaveformEstimate } from './waveform.ts'
import { shortcutChoice, type ShortcutChoice } from './shortcuts.ts'
import type { Told } from './told.ts'
import { fileReference, hashed, id, name, path, verb } from './verb.ts'
import type { Emotion, EngineReport, RecentProject, Recovery, Singer } from './library.ts'

/** Checked in full by `parseProject` in shared/project; here only that it is an object. */
const document = z.custom<Project>(
  (value) => typeof value === 'object' && value !== null,
  'expected a project document',
)

const source = z.object({
  id: hashed<SourceId>(),
  name: z.string().max(400),
  originalRateHz: z.number().int().positive(),
  channelCount: z.number().int().min(1).max(2),
  durationSamples: z.number().int().positive(),
})

export interface ApplicationInfo {
  readonly version: string
  readonly host: 'electron' | 'headless' | 'command-line'
  readonly platform: string
  readonly homeFolder: string
  readonly emotions: readonly Emotion[]
  /** Something the person must be told at start: a library rebuilt, jobs interrupted. */
  readonly notices: readonly string[]
  /** The notices by their codes, in the same order. */
  readonly toldNotices: readonly Told[]
}

/** An open project: the document, where it lies, and whether the person ever chose a place for it. */
export interface OpenProject {
  readonly projectId: ProjectId
  readonly document: Project
  /** Null until the person saved it somewhere. */
  readonly path: string | null
  readonly wasRecovered: boolean
  /** Where the original lies, when this copy of it has just been given an id of its own; else null. */
  readonly copyOf: string | null
  /** Ids of sources whose media file is gone. */
  readonly missingSourceIds: readonly SourceId[]
}

export interface FolderEntry {
  readonly name: string
  readonly path: string
  readonly isFolder: boolean
}

export type { FileReference } from './verb.ts'

export const exportOptions = z.object({
  what: z.enum(['stems', 'mix', 'selection', 'loop']),
  regionIds: z.array(id<RegionId>()).max(10_000),
  /** WAV, or FLAC with the same integers in fewer bytes. 16 bits are dithered. */
  encoding: z.enum(['pcm16', 'pcm24', 'float32', 'flac16', 'flac24']),
  /** Null writes at the project's rate, which changes no sample. */
  rateHz: z.number().int().min(8000).max(192_000).nullable(),
  /** Same start for all files, so that they line up when dropped at bar 1. */
  start: z.enum(['zero', 'first-region']),
  channels: z.enum(['mono', 'stereo']),
  nameTemplate: z.string().min(1).max(200),
  folder: path,
  writesMetadata: z.boolean(),
  /** Files in which a converted voice is heard carry a faint mark in their sound that says so. */
  marksSound: z.boolean().exactOptional(),
  writesReport: z.boolean(),
  /** Also the whole arrangement as DAWproject, with its sounds, for other workstations. */
  writesSession: z.boolean(),
})
export type ExportOptions = z.infer<typeof exportOptions>

const askedMethod = z.enum(['automatic', 'enroll', 'scratch', 'joint'])

/** What a training is told of each of its singers. */
const learningSinger = z.object({
  name,
  hueIndex: z
    .number()
    .int()
    .min(0)
    .max(HUE_COUNT - 1),
  consent: z.string().trim().min(1).max(400),
  owner: z.string().trim().min(1).max(120).exactOptional(),
  clipIds: z.array(id<SourceId>()).min(1).max(500),
  /** What of each clip is learned from; missing, the slices that its inspection cut. */
  slices: z
    .record(id<SourceId>(), z.array(z.object({ startSec: z.number().min(0), endSec: z.number().positive() })))
    .exactOptional(),
})

const emotionName = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/)

/** What learns emotions: tables as they are, a network of a size and for so many steps. */
const emotionTrainingPlan = z.discriminatedUnion('method', [
  z.object({ method: z.literal('statistics') }),
  z.object({
    method: z.literal('relgan'),
    size: z.enum(['compact', 'paper']),
    /** Missing, the size's own. */
    steps: z.number().int().min(1).max(1_000_000).exactOptional(),
  }),
])

/**
 * Every verb that the interface may ask of the application, with the parser of its request and the type
 * of its answer. A transport (IPC, WebSocket, direct call) carries these and nothing else.
 */
export const verbs = {
  'application:describe': verb<ApplicationInfo>()(z.object({})),
  /** Null where no queue is named. */
  'farm:describe': verb<FarmState | null>()(z.object({})),
  'engine:describe': verb<EngineReport>()(z.object({})),
  'engine:measure': verb<{ jobId: JobId }>()(z.object({})),
  /** Goes on where an earlier download was cut off. */
  'engine:install': verb<{ jobId: JobId }>()(z.object({ variant: z.enum(nativeVariantIds) })),
  /** Also what an interrupted download left. */
  'engine:remove': verb<Record<never, never>>()(z.object({})),

  'project:create': verb<OpenProject>()(z.object({ name, rateHz: z.number().int().min(8000).max(192_000) })),
  'project:open': verb<OpenProject>()(z.object({ path })),
  'project:openDemo': verb<OpenProject>()(z.object({})),
  /** Writes the document where it lies, or at `path` (save as: media is copied too). */
  'project:save': verb<{ path: string; savedAtMs: number }>()(
    z.object({ projectId: id<ProjectId>(), document, path: path.nullable() }),
  ),
  'project:autosave': verb<{ savedAtMs: number }>()(
    z.object({ projectId: id<ProjectId>(), document, editCount: z.number().int() }),
  ),
  'project:close': verb<Record<never, never>>()(z.object({ projectId: id<ProjectId>() })),
  'project:listRecent': verb<readonly RecentProject[]>()(z.object({})),
  'project:listRecoveries': verb<readonly Recovery[]>()(z.object({})),
  'project:recover': verb<OpenProject>()(z.object({ projectId: id<ProjectId>() })),
  'project:discardRecovery': verb<Record<never, never>>()(z.object({ projectId: id<ProjectId>() })),
  'project:import': verb<{ jobId: JobId }>()(
    z.object({
      projectId: id<ProjectId>(),
      files: z.array(fileReference).min(1).max(200),
      acceptsTruncated: z.boolean(),
    }),
  ),
  /** Looks for lost media in a folder and brings back what is found; the outcome is that of an import. */
  'project:locate': verb<{ jobId: JobId }>()(
    z.object({ projectId: id<ProjectId>(), folder: path, sources: z.array(source).min(1).max(1000) }),
  ),
  'project:convert': verb<{ jobId: JobId }>()(
    z.object({
      projectId: id<ProjectId>(),
      regionId: id<RegionId>(),
      regionName: z.string().max(120),
      sourceId: id<SourceId>(),
      sourceStartSamples: z.number().int().nonnegative(),
      durationSamples: z.number().int().positive(),
      performance,
      /** Who waits for it: what is played or selected comes first. `selected` when left out. */
      priority: z.enum(['selected', 'visible', 'rest']).optional(),
      /** To hear what a performance would be: it takes no other request's place, and no region waits for it. */
      isPreview: z.boolean().exactOptional(),
    }),
  ),
  /** Before a conversion: what it will take, from a moment of it; null for those who draw no samples and are quick. */
  'project:estimateConversion': verb<{ readonly sec: number | null }>()(
    z.object({ performerId: id<PerformerId>(), durationSec: z.int().min(1).max(36_000) }),
  ),
  /** Which notes these sources hold, as far as that is known; the others follow as events. */
  'project:pitchOutlines': verb<readonly { readonly sourceId: SourceId; readonly outline: PitchOutline }[]>()(
    z.object({ projectId: id<ProjectId>(), sourceIds: z.array(id<SourceId>()).max(10_000) }),
  ),
  /**
   * The melody of a region as its conversion will hear it, to be edited: two letters per 5 ms frame, which `readPitch`
   * of shared/melody reads, from `startSamples` of the source on. Known at once after the region was converted.
   */
  'project:pitch': verb<{ readonly startSamples: number; readonly pitch: string }>()(
    z.object({
      projectId: id<ProjectId>(),
      sourceId: id<SourceId>(),
      sourceStartSamples: z.number().int().nonnegative(),
      durationSamples: z.number().int().positive(),
    }),
  ),
  'project:export': verb<{ jobId: JobId }>()(
    z.object({ projectId: id<ProjectId>(), document, options: exportOptions }),
  ),

  'singer:list': verb<readonly Singer[]>()(z.object({})),
  'singer:rename': verb<Record<never, never>>()(z.object({ singerId: id<SingerId>(), name })),
  'singer:remove': verb<Record<never, never>>()(z.object({ singerId: id<SingerId>() })),
  'singer:export': verb<{ path: string }>()(z.object({ singerId: id<SingerId>(), path })),
  'singer:import': verb<Singer>()(z.object({ file: fileReference })),
  'singer:inspectClips': verb<{ jobId: JobId }>()(
    z.object({
      files: z.array(fileReference).max(500),
      /** Clips of the library that the files are compared with; they are judged again, and come first. */
      besideClipIds: z.array(id<SourceId>()).max(500).optional(),
    }),
  ),
  'singer:train': verb<{ jobId: JobId; singerId: SingerId; besideIds: readonly SingerId[] }>()(
    learningSinger.extend({
      /** Others who are learned in the same training. */
      beside: z.array(learningSinger).min(1).max(7).exactOptional(),
      preset: z.enum(['quick', 'normal', 'long']),
      /** Missing, automatic. */
      method: askedMethod.optional(),
      /** Parts of the published training, where singers learn jointly. */
      published: z
        .object({
          confusionWeight: z.number().min(0).max(10),
          backTranslationShare: z.number().min(0).max(1),
          reversedShare: z.number().min(0).max(1),
        })
        .exactOptional(),
      /** All of them in a waveform model; preset and method then don't count. */
      waveform: z
        .object({
          size: z.enum(waveformSizes),
          steps: z.number().int().min(1).max(1_000_000).exactOptional(),
          /** One singer more for the model of this one; the size is then the model's. */
          addedTo: id<SingerId>().exactOptional(),
        })
        .exactOptional(),
      seed: z.number().int().min(0).max(0xffffffff),
    }),
  ),
  'emotion:list': verb<readonly TrainedEmotions[]>()(z.object({})),
  /** The recordings of a folder with their labels: from a table in it, published names, or the folders they lie in. */
  'emotion:readFolder': verb<readonly LabeledRecording[]>()(z.object({ folder: path })),
  /** Before a training: what it takes with these clips. */
  'emotion:estimateTraining': verb<EmotionTrainingEstimate>()(
    z.object({ clipIds: z.array(id<SourceId>()).min(1).max(5000), plan: emotionTrainingPlan }),
  ),
  'emotion:train': verb<{ jobId: JobId; modelId: EmotionModelId }>()(
    z.object({
      name,
      /** Checked clips of the library (`singer:inspectClips`), with their labels. */
      clips: z
        .array(
          z.object({
            clipId: id<SourceId>(),
            fileName: z.string().max(400),
            emotion: z.string().max(100),
            person: z.string().max(120),
          }),
        )
        .min(1)
        .max(5000),
      /** Missing, those of the labels. */
      emotions: z.array(z.string().max(40)).max(100).exactOptional(),
      licence: z.string().trim().min(1).max(400),
      /** Whose clips, in words. */
      trainedOn: z.string().trim().min(1).max(400),
      plan: emotionTrainingPlan,
      seed: z.number().int().min(0).max(0xffffffff),
    }),
  ),
  'emotion:remove': verb<Record<never, never>>()(z.object({ modelId: id<EmotionModelId>() })),
  'emotion:export': verb<{ path: string }>()(z.object({ modelId: id<EmotionModelId>(), path })),
  'emotion:import': verb<TrainedEmotions>()(z.object({ file: fileReference })),
  /** What a training was asked for; null where that is no longer known. */
  'emotion:asked': verb<AskedEmotions | null>()(z.object({ modelId: id<EmotionModelId>() })),
  /** Steps whose models are kept, in order: these can be heard. */
  'emotion:checkpoints': verb<readonly number[]>()(z.object({ modelId: id<EmotionModelId>() })),
  /** A clip of one emotion, at most eight seconds of it, as a checkpoint makes another of it; beside it the clip as it is. */
  'emotion:hearCheckpoint': verb<{ jobId: JobId }>()(
    z.object({
      modelId: id<EmotionModelId>(),
      step: z.number().int().min(1).max(999_999),
      clipId: hashed<SourceId>(),
      sourceEmotion: emotionName,
      emotion: emotionName,
      intensity: z.number().min(0).max(1.5),
    }),
  ),
  ...vocoderVerbs,
  ...domainVerbs,
  'emotion:trainingCurve': verb<readonly TrainingPoint[]>()(z.object({ modelId: id<EmotionModelId>() })),

  'singer:trainingCurve': verb<readonly TrainingPoint[]>()(z.object({ singerId: id<SingerId>() })),
  /** Before a training: what each length takes with these clips, or with a usual set where none is named. */
  'singer:estimateTraining': verb<TrainingEstimate>()(
    z.object({
      clipIds: z.array(id<SourceId>()).max(500),
      /** Clips of those who are learned in the same training. */
      besideClipIds: z.array(z.array(id<SourceId>()).max(500)).max(7).exactOptional(),
      /** Missing, automatic. */
      method: askedMethod.optional(),
    }),
  ),
  /** Before a training of a waveform model: what each size takes with these clips. */
  'singer:estimateWaveform': verb<WaveformEstimate>()(
    z.object({
      /** Of each singer. */
      clipIds: z.array(z.array(id<SourceId>()).max(500)).min(1).max(8),
      /** Missing, the sizes' own. */
      steps: z.number().int().min(1).max(1_000_000).exactOptional(),
    }),
  ),
  /** Steps whose weights are kept, in order: these can be heard on anything, and used. */
  'singer:checkpoints': verb<readonly number[]>()(z.object({ singerId: id<SingerId>() })),
  /** A part of a stem, at most twelve seconds of it, as a checkpoint sings it; beside it the part as it is. */
  'singer:hearCheckpoint': verb<{ jobId: JobId }>()(
    z.object({
      singerId: id<SingerId>(),
      step: z.number().int().min(1).max(999_999),
      projectId: id<ProjectId>(),
      sourceId: id<SourceId>(),
      sourceStartSamples: z.number().int().nonnegative(),
      durationSamples: z.number().int().positive(),
    }),
  ),
  /** A phrase of the demo song, sung by a singer: made once for every version of it. */
  'singer:hear': verb<{ jobId: JobId }>()(z.object({ singerId: id<SingerId>() })),
  /** The singer becomes what it was at a kept checkpoint. Not while it learns. */
  'singer:useCheckpoint': verb<Singer>()(
    z.object({ singerId: id<SingerId>(), step: z.number().int().min(1).max(999_999) }),
  ),

  'jobs:list': verb<readonly Job[]>()(z.object({})),
  'jobs:cancel': verb<Record<never, never>>()(z.object({ jobId: id<JobId>() })),
  /** A training only: keeps the checkpoint and goes on later, also after a restart. */
  'jobs:pause': verb<Record<never, never>>()(z.object({ jobId: id<JobId>() })),
  /** Gives waiting work another place in its line: 1 is next. */
  'jobs:move': verb<Record<never, never>>()(
    z.object({ jobId: id<JobId>(), place: z.number().int().min(1).max(100_000) }),
  ),
  'jobs:resume': verb<Record<never, never>>()(z.object({ jobId: id<JobId>() })),
  /** A training only: ends now and keeps the best checkpoint. */
  'jobs:finish': verb<Record<never, never>>()(z.object({ jobId: id<JobId>() })),

  'folder:list': verb<{
    readonly path: string
    readonly parent: string | null
    readonly entries: readonly FolderEntry[]
  }>()(z.object({ path: path.nullable(), extensions: z.array(z.string().max(12)).max(20) })),
  'preferences:describe': verb<Preferences>()(z.object({})),
  'preferences:choose': verb<Record<never, never>>()(preferences),

  /** Null where the keys are those that the program comes with. */
  'shortcuts:describe': verb<{ readonly choice: ShortcutChoice | null }>()(z.object({})),
  'shortcuts:choose': verb<Record<never, never>>()(z.object({ choice: shortcutChoice.nullable() })),

  'watch:describe': verb<{ readonly folder: string | null; readonly newFiles: readonly string[] }>()(z.object({})),
  'watch:choose': verb<Record<never, never>>()(z.object({ folder: path.nullable() })),
} as const

export type Verbs = typeof verbs
export type VerbName = keyof Verbs
export type Request<Name extends VerbName> = z.infer<Verbs[Name]['request']>
export type Response<Name extends VerbName> = Verbs[Name]['response']
export type Call = <Name extends VerbName>(name: Name, request: Request<Name>) => Promise<Response<Name>>

/** What the application tells the interface without being asked. */
export type ApplicationEvent =
  | { readonly kind: 'job-changed'; readonly job: Job }
  | { readonly kind: 'singers-changed'; readonly singers: readonly Singer[] }
  | { readonly kind: 'training-progressed'; readonly singerId: SingerId; readonly point: TrainingPoint }
  | { readonly kind: 'emotions-changed' }
  | { readonly kind: 'emotion-training-progressed'; readonly modelId: EmotionModelId; readonly point: TrainingPoint }
  | { readonly kind: 'domains-changed' }
  | { readonly kind: 'vocoders-changed' }
  /** The training is known by the first of its domains. */
  | { readonly kind: 'domain-training-progressed'; readonly domainId: DomainId; readonly point: TrainingPoint }
  | { readonly kind: 'vocoder-training-progressed'; readonly vocoderId: VocoderId; readonly point: TrainingPoint }
  | { readonly kind: 'engine-changed'; readonly report: EngineReport }
  | { readonly kind: 'watch-changed'; readonly newFiles: readonly string[] }
  | { readonly kind: 'pitch-outlined'; readonly sourceId: SourceId; readonly outline: PitchOutline }
  | { readonly kind: 'notice'; readonly message: string; readonly told: Told }
