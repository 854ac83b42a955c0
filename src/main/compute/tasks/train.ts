import { join } from 'node:path'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { subProgress, throwIfCancelled } from '../../../shared/base/progress.ts'
import type { TrainRequest } from '../../../shared/contract/compute.ts'
import type { TrainingMethod } from '../../../shared/contract/library.ts'
import { openKnownInMemory } from '../../../shared/conversion/known-in-memory.ts'
import type { Resample } from '../../../shared/conversion/sound.ts'
import type { MethodFigure } from '../../../shared/project/singer-provenance.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { analyzeClipFile, type AnalyzedClip } from '../clips/clip-analysis.ts'
import { openFeatureStore } from '../clips/feature-store.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import { loadBase } from '../models/base-store.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'
import { clipsSecOf, learnStage, type LearnedWay, type Learner, type Studio } from '../training/learn-stage.ts'
import { chooseWay } from '../training/choose-way.ts'
import { testRange } from '../training/range-test.ts'
import { stagesOf, type Stage } from '../training/stages.ts'
import { planOf, singersOf, type TrainingRun } from '../training/training-run.ts'
import { writeSinger } from '../training/write-singer.ts'

/** Less voice than this teaches a singer's mistakes, not the singer. A base knows what voices have in common. */
const LEAST_VOICE_SEC: Readonly<Record<TrainingMethod, number>> = { enroll: 4, scratch: 10, joint: 10 }
/** Share of the whole that reading the clips takes, for the progress bar. */
const ANALYSIS_SHARE = 0.2
/** From here on the range is tried. */
const LEARNED_SHARE = 0.97
/** Pitch and timbre of what is sung at the checks of a stage. */
const PHRASE_KEYS = 2
/** What is done in a stage, for the person who waits. */
const stageWords: Readonly<Record<TrainingMethod, string>> = {
  enroll: 'tuning the shipped base',
  scratch: 'learning from nothing, to compare',
  joint: 'learning all singers together',
}

/**
 * Learns one singer from clips, or several in one training: enrolled into the base, from nothing, or from nothing
 * together. Goes on where its folder was left.
 */
export async function train(request: TrainRequest, context: TaskContext): Promise<TaskEnd> {
  if (request.waveform !== undefined) {
    // Tensors are loaded only by who learns with them.
    const { learnWaveform } = await import('./learn-waveform.ts')
    return learnWaveform(request, request.waveform, context)
  }
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const resample = await createAnalysisResampler(kernels)
  const { method = 'scratch' } = request
  const singers = singersOf(request)
  const clips = await analyzeEverybody(singers, resample, context)
  if (clips === null) return { kind: 'paused' }
  const base = method === 'enroll' || method === 'automatic' ? loadBase(context.modelsFolder, request.size) : null
  const stages = stagesOf(method, clips.map(clipsSecOf), request.preset, base !== null)
  singers.forEach((singer, index) => requireVoice(singer, clips[index], stages, index))
  const learners = singers.map((own, index): Learner => {
    const isCompared = stages.filter((stage) => stage.singers.includes(index)).length > 1
    const known = openKnownInMemory(PHRASE_KEYS * stages.length)
    const ways: LearnedWay[] = []
    return { request: own, clips: clips[index], ways, isCompared, known, curve: [], measured: null, curveSpread: null }
  })
  const studio: Studio = { request, learners, base, resample, kernels, context }
  const runs = await learnAll(stages, studio)
  if (runs === null) return { kind: 'paused' }
  return finish(runs, studio)
}

/** Everybody's clips, before anything is learned; null where the person paused. */
async function analyzeEverybody(
  singers: readonly TrainRequest[],
  resample: Resample,
  context: TaskContext,
): Promise<AnalyzedClip[][] | null> {
  const count = singers.reduce((sum, { clips }) => sum + clips.length, 0)
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const everybody: AnalyzedClip[][] = []
  let done = 0
  for (const { clips, workFolder } of singers) {
    const store = openFeatureStore(join(workFolder, 'features'))
    const own: AnalyzedClip[] = []
    for (const clip of clips) {
      await context.breathe()
      throwIfCancelled(context.progress)
      if (context.wish === 'pause') return null
      const [from, to] = [done / count, ++done / count].map((share) => share * ANALYSIS_SHARE)
      own.push(analyzeClipFile(clip, resample, store, subProgress(context.progress, from, to), kernels))
    }
    everybody.push(own)
  }
  return everybody
}

/** Names whose clips are too few, where there are several. */
function requireVoice(
  { name, beside = [] }: TrainRequest,
  clips: readonly AnalyzedClip[],
  stages: readonly Stage[],
  singer: number,
): void {
  const leastSec = Math.max(
    ...stages.filter(({ singers }) => singers.includes(singer)).map(({ method }) => LEAST_VOICE_SEC[method]),
  )
  const voicedSec = clips.reduce((sum, clip) => sum + clip.voicedSec, 0)
  if (voicedSec >= leastSec) return
  const missing = (leastSec - voicedSec).toFixed(1)
  const whose = beside.length === 0 ? 'The clips hold' : `The clips of ${name} hold`
  throw new FailureError(
    failure(
      'clips-too-few',
      `${whose} ${voicedSec.toFixed(1)} s of voice, and at least ${leastSec} s are needed: ${missing} s are missing.`,
      'Add clips; one or two minutes of clean singing are best.',
    ),
  )
}

/** Stage after stage, until the person has enough; null where they paused. */
async function learnAll(stages: readonly Stage[], studio: Studio): Promise<readonly TrainingRun[] | null> {
  const { request, context } = studio
  const counts = stages.map((stage) => planOf(request, stage).stepCount)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const stepCount = sum(counts)
  const runs: TrainingRun[] = []
  for (const [index, stage] of stages.entries()) {
    const stepsBefore = sum(counts.slice(0, index))
    const shareAt = (steps: number) => ANALYSIS_SHARE + (steps / stepCount) * (LEARNED_SHARE - ANALYSIS_SHARE)
    const progress = subProgress(context.progress, shareAt(stepsBefore), shareAt(stepsBefore + counts[index]))
    const words = stages.length === 1 && stage.singers.length === 1 ? null : wordsOf(stage, studio)
    const { end, run } = await learnStage(stage, { stepsBefore, stepCount, words }, studio, progress)
    if (end === 'paused') return null
    runs.push(run)
    if (end === 'asked-to-finish') break
  }
  return runs
}

function wordsOf({ method, singers }: Stage, { learners }: Studio): string {
  const whose = learners.length > 1 && singers.length === 1 ? ` for ${learners[singers[0]].request.name}` : ''
  return `${stageWords[method]}${whose}`
}

/** Everybody becomes the best of what was tried, and tries their range. */
function finish(runs: readonly TrainingRun[], { learners, resample, kernels, context }: Studio): TaskEnd {
  const written = learners.map(({ request: own, clips, ways }, index) => {
    const best = chooseWay(ways)
    const compared = figuresOf(ways)
    const from = LEARNED_SHARE + (index / learners.length) * (1 - LEARNED_SHARE)
    const to = LEARNED_SHARE + ((index + 1) / learners.length) * (1 - LEARNED_SHARE)
    const range = testRange({ model: best.model, resample, kernels, progress: subProgress(context.progress, from, to) })
    const clipsSec = clipsSecOf(clips)
    const { method, baseDigest, singerCount, bestStep } = best
    const origin = { request: own, engine: context.backend.id, baseDigest, clipsSec, steps: bestStep, range }
    const singerDigest = writeSinger(best.model, { ...origin, method, singerCount, compared })
    return { best, singerDigest, told: { name: own.name, method, bestStep, clipsSec, compared } }
  })
  const [{ best, singerDigest, told }] = written
  const last = runs[runs.length - 1]
  return {
    kind: 'done',
    result: {
      kind: 'train',
      summary: {
        stepCount: last.place.stepsBefore + last.trainer.step,
        bestStep: best.bestStep,
        bestHeldOutLoss: best.bestLoss,
        stoppedEarly: best.stoppedEarly,
        trainingSec: runs.reduce((sum, run) => sum + run.elapsedSec(), 0),
        backend: context.backend.id,
        singers: written.map((singer) => singer.told),
      },
      lowestHz: best.model.lowestHz,
      highestHz: best.model.highestHz,
      medianHz: 2 ** best.model.medianLog2F0,
      trainedFromSec: told.clipsSec,
      singerDigest,
    },
  }
}

/** Empty where one way alone came to its end: there is nothing to compare. */
const figuresOf = (ways: readonly LearnedWay[]): MethodFigure[] =>
  ways.length < 2 ? [] : ways.flatMap(({ method, errorDb }) => (errorDb === null ? [] : [{ method, errorDb }]))
