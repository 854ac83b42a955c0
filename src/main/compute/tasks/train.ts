import { join } from 'node:path'
import { assert } from '../../../shared/base/assert.ts'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { subProgress, throwIfCancelled } from '../../../shared/base/progress.ts'
import type { TrainRequest } from '../../../shared/contract/compute.ts'
import type { TrainingMethod } from '../../../shared/contract/library.ts'
import { enrollSinger } from '../../../shared/conversion/enroll.ts'
import { limitBank } from '../../../shared/conversion/limit-bank.ts'
import type { SingerModel } from '../../../shared/conversion/singer-model.ts'
import type { Resample } from '../../../shared/conversion/sound.ts'
import { spectralAutoencoder } from '../../../shared/networks/spectral-autoencoder/index.ts'
import type { Parameters } from '../../../shared/networks/spectral-autoencoder/parameters.ts'
import type { Trainer } from '../../../shared/training/trainer.ts'
import { analyzeClipFile, toTrainingClip, type AnalyzedClip } from '../clips/clip-analysis.ts'
import { openFeatureStore } from '../clips/feature-store.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import { loadBase } from '../models/base-store.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'
import { renderAudition } from '../training/audition.ts'
import { openCheckpointShelf } from '../training/checkpoint-shelf.ts'
import { testRange } from '../training/range-test.ts'
import { learn, openTrainingRun, type TrainingRun } from '../training/training-run.ts'
import { singerBytes, writeSinger, type SingerOrigin } from '../training/write-singer.ts'

/** Less voice than this teaches a singer's mistakes, not the singer. A base knows what voices have in common. */
const LEAST_VOICE_SEC = { enroll: 4, scratch: 10 } as const
/** Share of the whole that reading the clips takes, for the progress bar. */
const ANALYSIS_SHARE = 0.2
/** From here on the range is tried. */
const LEARNED_SHARE = 0.97

/** Learns one singer from clips, enrolled into the base or from scratch, or goes on where its folder was left. */
export async function train(request: TrainRequest, context: TaskContext): Promise<TaskEnd> {
  const resample = await createAnalysisResampler(loadKernelsWithCrew(context.kernelsFolder, context.log))
  const clips = await analyzeClips(request, resample, context)
  if (clips === null) return { kind: 'paused' }
  const base = request.method === 'enroll' ? loadBase(context.modelsFolder, request.size) : null
  requireVoice(clips, base === null ? 'scratch' : 'enroll')
  const run = openTrainingRun(
    request,
    clips.map(({ features }) => toTrainingClip(features, 0)),
    base,
    context,
    subProgress(context.progress, ANALYSIS_SHARE, LEARNED_SHARE),
  )
  const enrolled = enroll(request, run.trainer, clips)
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const shelf = openCheckpointShelf(request.workFolder)
  const origin = (steps: number): SingerOrigin => ({
    request,
    engine: context.backend.id,
    baseDigest: base?.sha256 ?? null,
    clipsSec: trainedFromSec(clips),
    steps,
    range: null,
  })
  const end = await learn(run, context, (trainer, isBest) => {
    const model = { ...enrolled, ...networkOf(trainer.presentParameters()) }
    shelf.put(trainer.step, singerBytes(model, origin(trainer.step)), trainer.history.bestStep)
    if (isBest) writeSinger(model, origin(trainer.step))
    return renderAudition({ request, trainer, model, folder: run.folder, resample, kernels })
  })
  if (end === 'paused') return { kind: 'paused' }
  const model = { ...enrolled, ...networkOf(run.trainer.bestParameters()) }
  const range = testRange({ model, resample, kernels, progress: subProgress(context.progress, LEARNED_SHARE, 1) })
  const singerDigest = writeSinger(model, { ...origin(run.trainer.history.bestStep), range })
  return endOf(run, model, singerDigest, end === 'stopped-early', trainedFromSec(clips), context)
}

async function analyzeClips(
  request: TrainRequest,
  resample: Resample,
  context: TaskContext,
): Promise<AnalyzedClip[] | null> {
  const clips: AnalyzedClip[] = []
  const store = openFeatureStore(join(request.workFolder, 'features'))
  for (const [index, clip] of request.clips.entries()) {
    await context.breathe()
    throwIfCancelled(context.progress)
    if (context.wish === 'pause') return null
    const count = request.clips.length
    const own = subProgress(context.progress, (index / count) * ANALYSIS_SHARE, ((index + 1) / count) * ANALYSIS_SHARE)
    clips.push(analyzeClipFile(clip, resample, store, own, loadKernelsWithCrew(context.kernelsFolder, context.log)))
  }
  return clips
}

function requireVoice(clips: readonly AnalyzedClip[], method: TrainingMethod): void {
  const leastSec = LEAST_VOICE_SEC[method]
  const voicedSec = clips.reduce((sum, clip) => sum + clip.voicedSec, 0)
  if (voicedSec >= leastSec) return
  const missing = (leastSec - voicedSec).toFixed(1)
  throw new FailureError(
    failure(
      'clips-too-few',
      `The clips hold ${voicedSec.toFixed(1)} s of voice, and at least ${leastSec} s are needed: ${missing} s are missing.`,
      'Add clips; one or two minutes of clean singing are best.',
    ),
  )
}

/** What follows from the clips alone is measured once; only the network changes from check to check. */
function enroll(request: TrainRequest, trainer: Trainer, clips: readonly AnalyzedClip[]): SingerModel {
  const config = spectralAutoencoder.sizes[request.size]
  const features = clips.map((clip) => clip.features)
  const model = enrollSinger({ config, ...networkOf(trainer.bestParameters()), ...trainer.normalization }, features)
  return { ...model, bank: limitBank(model.bank) }
}

function networkOf(parameters: Parameters): Pick<SingerModel, 'parameters' | 'row'> {
  const row = parameters.get('singers/table')?.values
  assert(row !== undefined, 'a trained network has a table of singers')
  return { parameters, row }
}

function endOf(
  run: TrainingRun,
  model: SingerModel,
  singerDigest: string,
  stoppedEarly: boolean,
  trainedFromSec: number,
  context: TaskContext,
): TaskEnd {
  const { bestStep, bestLoss } = run.trainer.history
  return {
    kind: 'done',
    result: {
      kind: 'train',
      summary: {
        stepCount: run.trainer.step,
        bestStep,
        bestHeldOutLoss: bestLoss,
        stoppedEarly,
        trainingSec: run.elapsedSec(),
        backend: context.backend.id,
      },
      lowestHz: model.lowestHz,
      highestHz: model.highestHz,
      medianHz: 2 ** model.medianLog2F0,
      trainedFromSec,
      singerDigest,
    },
  }
}

const trainedFromSec = (clips: readonly AnalyzedClip[]) => clips.reduce((sum, { durationSec }) => sum + durationSec, 0)
