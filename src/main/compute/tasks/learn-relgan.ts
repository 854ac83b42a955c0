import { join } from 'node:path'
import { subProgress, throwIfCancelled } from '../../../shared/base/progress.ts'
import type { RelganTrainRequest } from '../../../shared/contract/emotions.ts'
import type { RelganModel } from '../../../shared/conversion/emotions/relgan/relgan-model.ts'
import type { RelganCard } from '../../../shared/formats/emotion-card.ts'
import { writeEmotionFile } from '../../../shared/formats/emotion-file.ts'
import { CROP_FRAMES } from '../../../shared/networks/relgan/config.ts'
import { isGenerators } from '../../../shared/networks/relgan/parameters.ts'
import { checkLabels } from '../../../shared/training/relgan/check-labels.ts'
import type { EmotionalClip } from '../../../shared/training/relgan/emotional-clip.ts'
import { writeAtomically } from '../../files/atomic-write.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import { tensorsHere } from '../emotions/tensors-here.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'
import { checkpointShelf } from '../training/checkpoint-shelf.ts'
import { clipFeatures } from '../training/emotion/emotion-features.ts'
import type { EmotionCheck } from '../training/emotion/emotion-judge.ts'
import { learnEmotions, openEmotionRun, type EmotionRun } from '../training/emotion/emotion-run.ts'
import { requireEnough } from '../training/emotion/require-enough.ts'

/** Share of the whole that reading the clips takes, for the progress bar. */
const ANALYSIS_SHARE = 0.1

/** Learns a network of emotions from labeled clips, or goes on where its folder was left. */
export async function learnRelgan(request: RelganTrainRequest, context: TaskContext): Promise<TaskEnd> {
  const engine = (await tensorsHere(context.backend)).id
  const clips = await readClips(request, context)
  if (clips === null) return { kind: 'paused' }
  const run = openEmotionRun(request, clips, context, subProgress(context.progress, ANALYSIS_SHARE, 1))
  const shelf = checkpointShelf(request.workFolder, 'emotion')
  let best: EmotionCheck | null = null
  const end = await learnEmotions(run, context, (now, check, isBest) => {
    const bytes = writeEmotionFile(modelOf(now), cardOf(now, clips, check, engine))
    shelf.put(now.trainer.step, bytes, [now.record.history.bestStep])
    if (!isBest) return
    best = check
    writeAtomically(request.modelPath, bytes)
  })
  if (end === 'paused') return { kind: 'paused' }
  const { record, trainer } = run
  return {
    kind: 'done',
    result: {
      kind: 'train-emotions',
      summary: {
        method: 'relgan',
        stepCount: trainer.step,
        bestStep: record.history.bestStep,
        stoppedEarly: end === 'stopped-early',
        trainingSec: record.elapsedSec(),
        backend: engine,
        clipCount: clips.length,
        personCount: peopleOf(clips),
        emotions: request.emotions,
        heldOut: best,
      },
    },
  }
}

/** The clips that hold a crop; null when it was asked to pause. */
async function readClips(request: RelganTrainRequest, context: TaskContext): Promise<EmotionalClip[] | null> {
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const tools = {
    folder: join(request.workFolder, 'features'),
    edgeHz: request.edgeHz,
    resample: await createAnalysisResampler(kernels),
    kernels,
  }
  const read: EmotionalClip[] = []
  const kept: { readonly path: string; readonly emotion: string }[] = []
  const short: string[] = []
  for (const [index, clip] of request.clips.entries()) {
    await context.breathe()
    throwIfCancelled(context.progress)
    if (context.wish === 'pause') return null
    context.progress.report((index / request.clips.length) * ANALYSIS_SHARE, 'reading the clips')
    const features = clipFeatures(clip, tools)
    if (features.f0.length < CROP_FRAMES) {
      short.push(clip.fileName)
      continue
    }
    read.push({ ...features, emotion: request.emotions.indexOf(clip.emotion), person: clip.person })
    kept.push({ path: clip.fileName, emotion: clip.emotion })
  }
  if (short.length > 0) context.log(`left out, shorter than a crop of ${CROP_FRAMES} frames: ${short.join(', ')}`)
  const why = `too short for a crop of ${CROP_FRAMES / 200} s without silence`
  requireEnough(checkLabels(kept, request.emotions), short, why)
  return read
}

const modelOf = ({ trainer, request }: EmotionRun): RelganModel => ({
  config: trainer.config,
  parameters: new Map([...trainer.parameters()].filter(([name]) => isGenerators(name))),
  emotions: request.emotions,
  normals: trainer.normals,
  edgeHz: request.edgeHz,
})

function cardOf(
  { request, trainer }: EmotionRun,
  clips: readonly EmotionalClip[],
  check: EmotionCheck | null,
  engine: string,
): RelganCard {
  const round = (value: number) => Math.round(value * 1e4) / 1e4
  return {
    name: request.name,
    translator: 'relgan',
    licence: request.licence,
    trainedOn: request.trainedOn,
    clipCount: clips.length,
    personCount: peopleOf(clips),
    clipsSec: clips.reduce((sum, { f0 }) => sum + f0.length / 200, 0),
    steps: trainer.step,
    createdAtMs: request.createdAtMs,
    software: request.software,
    engine,
    heldOut: check && { wanted: round(check.wanted), real: round(check.real), changed: round(check.changed) },
  }
}

const peopleOf = (clips: readonly EmotionalClip[]): number => new Set(clips.map(({ person }) => person)).size
