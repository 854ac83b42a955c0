import type { Progress } from '../../../../shared/base/progress.ts'
import type { DomainTrainRequest } from '../../../../shared/contract/domains.ts'
import type { EngineId } from '../../../../shared/contract/engines.ts'
import { createRandom } from '../../../../shared/base/random.ts'
import {
  musicTranslationSizes,
  type MusicTranslationConfig,
} from '../../../../shared/networks/music-translation/config.ts'
import {
  musicTranslationNetwork,
  musicTranslationShapes,
  withTrainedEncoder,
} from '../../../../shared/networks/music-translation/parameters.ts'
import { sizeNameOf } from '../../../../shared/networks/music-translation/size-name.ts'
import { startingWavenetWeights } from '../../../../shared/networks/wavenet-autoencoder/initialize.ts'
import type { DomainModel } from '../../../../shared/formats/domain-file.ts'
import {
  restoreAveragedState,
  storeAveragedState,
  type AveragedState,
} from '../../../../shared/training/averaged-state.ts'
import { musicTranslationPlan, type MusicTranslationPlan } from '../../../../shared/training/music-translation/plans.ts'
import {
  createMusicTranslationTrainer,
  type MusicTranslationTrainer,
} from '../../../../shared/training/music-translation/trainer.ts'
import type { WaveformClip } from '../../../../shared/training/wavenet-autoencoder/clip.ts'
import { splitWaveforms } from '../../../../shared/training/wavenet-autoencoder/split.ts'
import type { TaskContext } from '../../task-context.ts'
import { trainingFingerprint } from '../fingerprint.ts'
import { learnModel, type HeldOut, type ModelTraining } from '../model-run.ts'
import { openRunRecord, type RunRecord } from '../run-record.ts'
import { openStateFolder } from '../state-folder.ts'
import type { RunEnd } from '../stepped-run.ts'
import { trainingBudgetBytes } from '../training-budget.ts'
import { describeLosses } from '../waveform/waveform-run.ts'

export interface DomainRun {
  readonly trainer: MusicTranslationTrainer
  readonly config: MusicTranslationConfig
  readonly plan: MusicTranslationPlan
  readonly progress: Progress
  readonly record: RunRecord<AveragedState>
  readonly notes: readonly string[]
}

export interface DomainRunInput {
  readonly request: DomainTrainRequest
  readonly clips: readonly WaveformClip[]
  /** Whose encoder is taken over as it is; null where everything is learned. */
  readonly beside: DomainModel | null
  readonly engine: EngineId
}

/** Of the fingerprint. */
const TRAINING_VERSION = 1

/** Of a training: that of the domain whose encoder it takes over, or of its size. */
export const configOf = (request: DomainTrainRequest, beside: DomainModel | null): MusicTranslationConfig =>
  beside?.config ?? musicTranslationSizes[request.size]

/** Starts a training, or goes on with the one that its folder holds. */
export function openDomainRun(
  { request, clips, beside, engine }: DomainRunInput,
  context: TaskContext,
  progress: Progress,
): DomainRun {
  const { domains, size, steps, seed, workFolder } = request
  const config = configOf(request, beside)
  const plan = musicTranslationPlan((beside && sizeNameOf(beside.config)) ?? size, steps)
  const domainIds = domains.map(({ domainId }) => domainId)
  const { layout } = musicTranslationNetwork(config, domainIds)
  const folder = openStateFolder<AveragedState>({
    folder: workFolder,
    fingerprint: fingerprintOf(request, config, plan),
    store: { store: storeAveragedState, restore: (stored) => restoreAveragedState(stored, layout.count) },
  })
  const { record, resumeFrom } = openRunRecord(folder, () => context.nowMs())
  const notes: string[] = []
  const { learned, heldOut } = splitWaveforms(clips, config.hop)
  const fresh = () => startingWavenetWeights(musicTranslationShapes(config, domainIds), createRandom(seed))
  const trainer = createMusicTranslationTrainer({
    domainIds,
    clips: learned,
    heldOut,
    config,
    plan,
    seed,
    trained: beside && withTrainedEncoder(beside.parameters, fresh(), domainIds[0], true),
    memoryBudgetBytes: trainingBudgetBytes(engine),
    onNote(text) {
      notes.push(text)
      context.log(text)
    },
    resumeFrom,
  })
  return { trainer, config, plan, progress, record, notes }
}

/** Called at each check, before the training's own state is saved. */
export type KeepDomains = (heldOutLoss: number | null, isBest: boolean) => Promise<void>

/** Learns until the plan or the person ends it, without patience. */
export function learnDomains(run: DomainRun, context: TaskContext, keep: KeepDomains): Promise<RunEnd> {
  const { trainer } = run
  const training: ModelTraining<AveragedState, HeldOut> = {
    ...run,
    advance: () => trainer.advance(),
    lossOf: (losses) => losses['reconstruction'],
    describe: describeLosses,
    async judge(losses) {
      const judged = await trainer.judge()
      return { heldOutLoss: judged['reconstruction'] ?? null, losses: { ...losses, ...judged } }
    },
    keep: ({ heldOutLoss }, isBest) => keep(heldOutLoss, isBest),
  }
  return learnModel(training, context)
}

function fingerprintOf(
  { domains, size, besidePath, seed }: DomainTrainRequest,
  { lagTaps }: MusicTranslationConfig,
  plan: MusicTranslationPlan,
): string {
  const told = domains.map(({ domainId, recordings }) => [domainId, recordings.map(({ clipId }) => clipId)])
  // A size got them later on.
  const shape = lagTaps === undefined ? [] : [{ lagTaps }]
  return trainingFingerprint(TRAINING_VERSION, [told, size, besidePath ?? null, plan, seed, ...shape])
}
