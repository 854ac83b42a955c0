import type { Progress } from '../../../shared/base/progress.ts'
import { assert } from '../../../shared/base/assert.ts'
import type { TrainRequest } from '../../../shared/contract/compute.ts'
import type { TrainingPoint } from '../../../shared/contract/jobs.ts'
import type { TrainingMethod } from '../../../shared/contract/library.ts'
import { enrollSinger, type TrainedConverter } from '../../../shared/conversion/enroll.ts'
import type { KnownNumbers } from '../../../shared/conversion/known-analysis.ts'
import { limitBank } from '../../../shared/conversion/limit-bank.ts'
import type { SingerModel } from '../../../shared/conversion/singer-model.ts'
import type { Resample } from '../../../shared/conversion/sound.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { spectralAutoencoder } from '../../../shared/networks/spectral-autoencoder/index.ts'
import type { Parameters } from '../../../shared/networks/spectral-autoencoder/parameters.ts'
import type { Trainer } from '../../../shared/training/trainer.ts'
import { toTrainingClip, type AnalyzedClip } from '../clips/clip-analysis.ts'
import type { LoadedBase } from '../models/base-store.ts'
import type { TaskContext } from '../task-context.ts'
import { longestPhrase, renderAudition } from './audition.ts'
import { checkpointShelf } from './checkpoint-shelf.ts'
import type { Stage } from './stages.ts'
import type { RunEnd } from './stepped-run.ts'
import { learn, openTrainingRun, type PlaceInTraining, type TrainingRun } from './training-run.ts'
import { singerBytes, writeSinger, type SingerOrigin } from './write-singer.ts'

/** One of those who learn, and what their stages gave so far. */
export interface Learner {
  readonly request: TrainRequest
  readonly clips: readonly AnalyzedClip[]
  /** In the order of the stages. */
  readonly ways: LearnedWay[]
  /** Whether other stages follow or went before: only then are they compared. */
  readonly isCompared: boolean
  /** Of the phrase that is sung at every check. */
  readonly known: KnownNumbers
  curve: readonly TrainingPoint[]
  /** What follows from the clips alone, measured once. */
  measured: SingerModel | null
  curveSpread: number | null
}

/** What a singer became in one stage. */
export interface LearnedWay {
  readonly method: TrainingMethod
  readonly model: SingerModel
  readonly bestStep: number
  /** In the unit of the curve. */
  readonly bestLoss: number
  readonly stoppedEarly: boolean
  readonly baseDigest: string | null
  readonly singerCount: number
  /** Null where nothing is compared. */
  readonly errorDb: number | null
}

export interface Studio {
  readonly request: TrainRequest
  readonly learners: readonly Learner[]
  readonly base: LoadedBase | null
  readonly resample: Resample
  readonly kernels: Kernels
  readonly context: TaskContext
}

/** Learns a stage to its end; what its singers became is put to them. */
export async function learnStage(
  stage: Stage,
  place: Pick<PlaceInTraining, 'stepsBefore' | 'stepCount' | 'words'>,
  studio: Studio,
  progress: Progress,
): Promise<{ readonly end: RunEnd; readonly run: TrainingRun }> {
  const { request, context } = studio
  const learners = stage.singers.map((singer) => studio.learners[singer])
  const base = stage.method === 'enroll' ? studio.base : null
  const isFirst = learners.every(({ ways }) => ways.length === 0)
  const clips = learners.flatMap((learner, row) => learner.clips.map(({ features }) => toTrainingClip(features, row)))
  const stateName = isFirst ? '' : stage.method
  const curvesBefore = learners.map(({ curve }) => curve)
  const run = openTrainingRun(
    {
      request,
      stage,
      clips,
      base,
      place: { ...place, stateName, curvesBefore, spreadBefore: learners[0].curveSpread },
    },
    context,
    progress,
  )
  const shelves = learners.map(({ request: own }) => checkpointShelf(own.workFolder, 'singer'))
  const originOf = (learner: Learner, steps: number): SingerOrigin => ({
    request: learner.request,
    engine: context.backend.id,
    baseDigest: base?.sha256 ?? null,
    clipsSec: clipsSecOf(learner.clips),
    steps,
    method: stage.method,
    singerCount: learners.length,
    compared: [],
    range: null,
  })
  const modelOf = (row: number, parameters: Parameters): SingerModel => {
    const converter = converterOf(run.trainer, parameters, row, request.size)
    learners[row].measured ??= measure(converter, learners[row].clips)
    return { ...learners[row].measured, ...converter }
  }
  const end = await learn(run, context, (trainer, { step, bestStep, isBest }) =>
    learners.map((learner, row) => {
      const model = modelOf(row, trainer.presentParameters())
      const origin = originOf(learner, step)
      const bestSteps = [...learner.ways.map((way) => way.bestStep), bestStep]
      shelves[row].put(step, singerBytes(model, origin), bestSteps)
      // What sings already is not replaced before it is known to be worse.
      if (isBest && learner.ways.length === 0) writeSinger(model, origin)
      return auditionOf(row, learner, model, step, run, studio)
    }),
  )
  if (end === 'paused') return { end, run }
  const { history } = run.trainer
  for (const [row, learner] of learners.entries()) {
    learner.ways.push({
      method: stage.method,
      model: modelOf(row, run.trainer.bestParameters()),
      bestStep: place.stepsBefore + history.bestStep,
      bestLoss: history.bestLoss * run.lossUnit,
      stoppedEarly: end === 'stopped-early',
      baseDigest: base?.sha256 ?? null,
      singerCount: learners.length,
      errorDb: learner.isCompared ? await run.trainer.disguisedErrorDb(row) : null,
    })
    learner.curve = run.curves[row]
    learner.curveSpread ??= run.trainer.normalization.spread
  }
  return { end, run }
}

function auditionOf(
  row: number,
  { request, clips, known }: Learner,
  model: SingerModel,
  step: number,
  { trainer, stage, folder }: TrainingRun,
  { learners, resample, kernels }: Studio,
): string {
  const firstClip = stage.singers.slice(0, row).reduce((sum, singer) => sum + learners[singer].clips.length, 0)
  const own = trainer.split.heldOut
    .map((span) => ({ ...span, clipIndex: span.clipIndex - firstClip }))
    .filter(({ clipIndex }) => clipIndex >= 0 && clipIndex < clips.length)
  const pathOf = (auditionId: string) => folder.auditionPath(auditionId, row)
  const phrase = longestPhrase(own)
  return renderAudition({ clips: request.clips, phrase, model, step, pathOf, known, resample, kernels })
}

function measure(converter: TrainedConverter, clips: readonly AnalyzedClip[]): SingerModel {
  const model = enrollSinger(
    converter,
    clips.map(({ features }) => features),
  )
  return { ...model, bank: limitBank(model.bank) }
}

/** The network as the singer of one row has it, in a file of its own. */
function converterOf(
  { normalization }: Trainer,
  parameters: Parameters,
  row: number,
  size: TrainRequest['size'],
): TrainedConverter {
  const config = spectralAutoencoder.sizes[size]
  const table = parameters.get('singers/table')
  assert(table !== undefined, 'a trained network has a table of singers')
  const own = table.values.slice(row * config.singer, (row + 1) * config.singer)
  return {
    config,
    parameters: new Map([...parameters, ['singers/table', { shape: [1, config.singer], values: own }]]),
    row: own,
    ...normalization,
  }
}

export const clipsSecOf = (clips: readonly AnalyzedClip[]): number =>
  clips.reduce((sum, { durationSec }) => sum + durationSec, 0)
