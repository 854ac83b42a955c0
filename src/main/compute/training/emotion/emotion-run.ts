import type { Progress } from '../../../../shared/base/progress.ts'
import { createRandom } from '../../../../shared/base/random.ts'
import type { RelganTrainRequest } from '../../../../shared/contract/emotions.ts'
import { relganSizes } from '../../../../shared/networks/relgan/config.ts'
import type { EmotionalClip } from '../../../../shared/training/relgan/emotional-clip.ts'
import { withoutPeople } from '../../../../shared/training/relgan/people.ts'
import { splitEmotional } from '../../../../shared/training/relgan/split.ts'
import {
  createRelganTrainer,
  type RelganTrainer,
  type RelganTrainingState,
} from '../../../../shared/training/relgan/trainer.ts'
import type { TaskContext } from '../../task-context.ts'
import { trainingFingerprint } from '../fingerprint.ts'
import { learnModel, type HeldOut, type ModelTraining, type NamedLosses } from '../model-run.ts'
import { openRunRecord, type RunRecord } from '../run-record.ts'
import type { RunEnd } from '../stepped-run.ts'
import { openEmotionFolder } from './emotion-folder.ts'
import { createEmotionJudge, type EmotionCheck, type EmotionJudge } from './emotion-judge.ts'

export interface EmotionRun {
  readonly request: RelganTrainRequest
  readonly trainer: RelganTrainer
  /** Null where too few clips could be held out: then the last step counts as the best. */
  readonly judge: EmotionJudge | null
  readonly progress: Progress
  readonly record: RunRecord<RelganTrainingState>
}

/** Of the fingerprint. */
const TRAINING_VERSION = 1

/** Starts a training, or goes on with the one that its folder holds. */
export function openEmotionRun(
  request: RelganTrainRequest,
  clips: readonly EmotionalClip[],
  context: Pick<TaskContext, 'nowMs'>,
  progress: Progress,
): EmotionRun {
  const config = { ...relganSizes[request.size], emotions: request.emotions.length }
  const folder = openEmotionFolder(request.workFolder, fingerprintOf(request), config)
  const { record, resumeFrom } = openRunRecord(folder, () => context.nowMs())
  const split = splitEmotional(withoutPeople(clips), createRandom(request.seed))
  const trainer = createRelganTrainer({
    clips: split.learned,
    config,
    seed: request.seed,
    isSpectrallyNormalized: true,
    batchSize: request.plan.batchSize,
    stepCount: request.plan.stepCount,
    resumeFrom,
  })
  return { request, trainer, judge: createEmotionJudge(split, trainer.normals), progress, record }
}

/** Called at each check, before the training's own state is saved. */
export type KeepModel = (run: EmotionRun, check: EmotionCheck | null, isBest: boolean) => void

interface Found extends HeldOut {
  readonly check: EmotionCheck | null
}

/** Learns until the plan, the held-out clips or the person ends it. */
export function learnEmotions(run: EmotionRun, context: TaskContext, keep: KeepModel): Promise<RunEnd> {
  const { trainer, request, record, progress } = run
  const training: ModelTraining<RelganTrainingState, Found> = {
    plan: request.plan,
    trainer,
    record,
    progress,
    advance: () => trainer.advance(),
    lossOf: (losses) => losses['generator/total'] + losses['discriminator/total'],
    describe: describeLosses,
    judge: (losses) => judgeHeldOut(run, losses),
    keep({ check }, isBest) {
      keep(run, check, isBest)
      if (check !== null) context.log(describeCheck(trainer.step, check))
    },
  }
  return learnModel(training, context)
}

/** Both totals and the two terms that tell most, by name. */
function describeLosses(losses: NamedLosses): string {
  const shown = ['generator/total', 'discriminator/total', 'generator/cycle', 'generator/conditional']
  return shown.map((name) => `${name} ${losses[name].toFixed(2)}`).join(', ')
}

async function judgeHeldOut({ judge, trainer }: EmotionRun, losses: NamedLosses): Promise<Found> {
  if (judge === null) return { check: null, heldOutLoss: null, losses }
  const check = await judge.check(trainer)
  const { wanted, real } = check
  return { check, heldOutLoss: heldOutLoss(check), losses: check.losses, judged: { wanted, real } }
}

/** What is missing of the wanted emotion, and what gets lost on the way there and back. */
const heldOutLoss = ({ wanted, changed }: EmotionCheck): number => 1 - wanted + changed

function describeCheck(step: number, { wanted, real, losses }: EmotionCheck): string {
  const told = Object.entries(losses).map(([name, loss]) => `${name} ${loss.toFixed(3)}`)
  return `step ${step}, held out: wanted emotion ${wanted.toFixed(3)} (real clips ${real.toFixed(3)}); ${told.join(', ')}`
}

function fingerprintOf({ clips, emotions, edgeHz, size, plan, seed }: RelganTrainRequest): string {
  const labels = clips.map(({ clipId, emotion, person }) => [clipId, emotion, person])
  return trainingFingerprint(TRAINING_VERSION, [labels, emotions, edgeHz, size, plan, seed])
}
