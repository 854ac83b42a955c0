import type { Progress } from '../../../../shared/base/progress.ts'
import type { VocoderTrainRequest } from '../../../../shared/contract/vocoders.ts'
import { vocoderKinds, type VocoderKind } from '../../../../shared/networks/vocoder-kinds.ts'
import { createParameterLayout } from '../../../../shared/nn/parameters.ts'
import type { VocoderSplit } from '../../../../shared/training/vocoder/split.ts'
import {
  restoreAveragedState,
  storeAveragedState,
  type AveragedState,
} from '../../../../shared/training/averaged-state.ts'
import type { VocoderTeachers } from '../../../../shared/training/vocoder/learners.ts'
import { createVocoderTrainer, type VocoderTrainer } from '../../../../shared/training/vocoder/trainer.ts'
import type { TaskContext } from '../../task-context.ts'
import { trainingFingerprint } from '../fingerprint.ts'
import { learnModel, type HeldOut, type ModelTraining } from '../model-run.ts'
import { openRunRecord, type RunRecord } from '../run-record.ts'
import { openStateFolder } from '../state-folder.ts'
import type { RunEnd } from '../stepped-run.ts'
import type { VocoderTeacher } from './vocoder-teacher.ts'

export interface VocoderRun {
  readonly request: VocoderTrainRequest
  readonly trainer: VocoderTrainer
  readonly progress: Progress
  readonly record: RunRecord<AveragedState>
}

/** Of the fingerprint. */
const TRAINING_VERSION = 2

/** Starts a training, or goes on with the one that its folder holds. */
export function openVocoderRun(
  request: VocoderTrainRequest,
  { learned, heldOut }: VocoderSplit,
  teacher: VocoderTeacher | null,
  context: Pick<TaskContext, 'nowMs'>,
  progress: Progress,
): VocoderRun {
  const { network } = request
  const told = { learned, heldOut, digest: teacher?.digest ?? null }
  // A student has its teacher, and no other kind has one: `readTeacher` saw to it.
  const model = (teacher?.model ?? null) as VocoderTeachers[typeof network]
  return openRunOf(network, request, { ...told, teacher: model }, context, progress)
}

interface Given<Kind extends VocoderKind> extends Pick<VocoderSplit, 'learned' | 'heldOut'> {
  readonly teacher: VocoderTeachers[Kind]
  /** Of the teacher's file. */
  readonly digest: string | null
}

function openRunOf<Kind extends VocoderKind>(
  network: Kind,
  request: VocoderTrainRequest,
  { learned, heldOut, teacher, digest }: Given<Kind>,
  context: Pick<TaskContext, 'nowMs'>,
  progress: Progress,
): VocoderRun {
  const { plan, seed, workFolder } = request
  const { sizes, shapesOf } = vocoderKinds[network]
  const config = sizes[request.size]
  const { count } = createParameterLayout(shapesOf(config))
  const folder = openStateFolder<AveragedState>({
    folder: workFolder,
    fingerprint: fingerprintOf(request, digest),
    store: { store: storeAveragedState, restore: (stored) => restoreAveragedState(stored, count) },
  })
  const { record, resumeFrom } = openRunRecord(folder, () => context.nowMs())
  const trainer = createVocoderTrainer({ network, clips: learned, heldOut, config, plan, teacher, seed, resumeFrom })
  return { request, trainer, progress, record }
}

/** Called at each check, before the training's own state is saved. */
export type KeepVocoder = (heldOutLoss: number | null, isBest: boolean) => void

/** Learns until the plan, who is held out or the person ends it. */
export function learnVocoder(
  { request, trainer, progress, record }: VocoderRun,
  context: TaskContext,
  keep: KeepVocoder,
): Promise<RunEnd> {
  const training: ModelTraining<AveragedState, HeldOut> = {
    plan: request.plan,
    trainer,
    record,
    progress,
    advance: async () => ({ loss: await trainer.advance() }),
    lossOf: ({ loss }) => loss,
    describe: ({ loss }) => `loss ${loss.toFixed(3)}`,
    judge: async () => ({ heldOutLoss: await trainer.judge() }),
    keep({ heldOutLoss }, isBest) {
      keep(heldOutLoss, isBest)
      if (heldOutLoss !== null) context.log(`step ${trainer.step}: held-out loss ${heldOutLoss.toFixed(4)}`)
    },
  }
  return learnModel(training, context)
}

function fingerprintOf({ recordings, network, size, plan, seed }: VocoderTrainRequest, teacher: string | null): string {
  const told = recordings.map(({ recordingId, person }) => [recordingId, person])
  // The first kind's trainings were begun before there was another, and go on.
  const kind = network === 'source-filter' ? [] : [network]
  return trainingFingerprint(TRAINING_VERSION, [
    told,
    ...kind,
    size,
    plan,
    seed,
    ...(teacher === null ? [] : [teacher]),
  ])
}
