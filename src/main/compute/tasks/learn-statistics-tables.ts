import { FailureError } from '../../../shared/base/errors.ts'
import { silentProgress, throwIfCancelled } from '../../../shared/base/progress.ts'
import type { StatisticsTrainRequest } from '../../../shared/contract/emotions.ts'
import { analyzeClip } from '../../../shared/conversion/clip-features.ts'
import { learnStatistics, type EmotionClip } from '../../../shared/conversion/emotions/learn-statistics.ts'
import { measureClip } from '../../../shared/conversion/emotions/measure-clip.ts'
import type { StatisticsModel } from '../../../shared/conversion/emotions/statistics-model.ts'
import { sourceOf } from '../../../shared/conversion/sound.ts'
import { readEmotionFile, writeEmotionFile } from '../../../shared/formats/emotion-file.ts'
import type { StatisticsCard } from '../../../shared/formats/emotion-card.ts'
import { checkStatisticsLabels, clipsThatCount } from '../../../shared/training/statistics/check-labels.ts'
import { writeAtomically } from '../../files/atomic-write.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'
import { checkpointShelf } from '../training/checkpoint-shelf.ts'
import { readMono } from '../training/read-mono.ts'
import { requireEnough } from '../training/emotion/require-enough.ts'

/** Shorter clips have too few voiced frames for a deviation that means something. */
const SHORTEST_SEC = 1.2
/** Under which tables are heard: they are learned in one go. */
const ONLY_STEP = 1

interface MeasuredClip extends EmotionClip {
  readonly path: string
  readonly durationSec: number
}

/** Learns tables of emotions from labeled clips. Paused or killed it begins anew: nothing is written before the end. */
export async function learnStatisticsTables(request: StatisticsTrainRequest, context: TaskContext): Promise<TaskEnd> {
  const startMs = context.nowMs()
  const measured = await measureClips(request, context)
  if (measured === null) return { kind: 'paused' }
  const clips = clipsThatCount(measured, ({ speakerId, emotionId }) => ({ person: speakerId, emotion: emotionId }))
  const model = modelOf(clips, request.emotions)
  const card = cardOf(request, clips)
  writeChecked(request, writeEmotionFile(model, card))
  const { clipCount, personCount } = card
  const trainingSec = (context.nowMs() - startMs) / 1000
  const summary = { method: 'statistics' as const, trainingSec, clipCount, personCount, emotions: model.emotions }
  return { kind: 'done', result: { kind: 'train-emotions', summary } }
}

/** The clips that say something; null when it was asked to pause. */
async function measureClips(
  { clips, emotions }: StatisticsTrainRequest,
  context: TaskContext,
): Promise<MeasuredClip[] | null> {
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const resample = await createAnalysisResampler(kernels)
  const measured: MeasuredClip[] = []
  const leftOut: string[] = []
  for (const [index, { fileName, path, emotion, person }] of clips.entries()) {
    await context.breathe()
    throwIfCancelled(context.progress)
    if (context.wish === 'pause') return null
    context.progress.report(index / clips.length, 'reading the clips')
    const { mono, rateHz } = readMono(path)
    const durationSec = mono.length / rateHz
    const isHeard = durationSec >= SHORTEST_SEC && mono.some((value) => value !== 0)
    const measure = isHeard
      ? measureClip(analyzeClip(sourceOf([mono], rateHz), resample, silentProgress, kernels))
      : null
    if (measure === null) leftOut.push(fileName)
    else measured.push({ speakerId: person, emotionId: emotion, measure, path: fileName, durationSec })
  }
  const why = `shorter than ${SHORTEST_SEC} s or hardly voiced`
  if (leftOut.length > 0) context.log(`left out, ${why}: ${leftOut.join(', ')}`)
  const labels = measured.map(({ path, emotionId, speakerId }) => ({ path, emotion: emotionId, person: speakerId }))
  requireEnough(checkStatisticsLabels(labels, emotions), leftOut, why)
  return measured
}

/** In the order that was asked for. */
function modelOf(clips: readonly EmotionClip[], emotions: readonly string[]): StatisticsModel {
  const place = (emotion: string) => emotions.indexOf(emotion)
  const tables = learnStatistics(clips).toSorted((a, b) => place(a.emotionId) - place(b.emotionId))
  return { emotions: tables.map(({ emotionId }) => emotionId), tables }
}

const cardOf = (
  { name, licence, trainedOn, createdAtMs, software }: StatisticsTrainRequest,
  clips: readonly MeasuredClip[],
): StatisticsCard => ({
  name,
  translator: 'statistics',
  licence,
  trainedOn,
  clipCount: clips.length,
  personCount: new Set(clips.map(({ speakerId }) => speakerId)).size,
  clipsSec: clips.reduce((sum, { durationSec }) => sum + durationSec, 0),
  createdAtMs,
  software,
})

/** What can't be read again is not kept: numbers of clips that no voice has. */
function writeChecked({ workFolder, modelPath }: StatisticsTrainRequest, bytes: Uint8Array): void {
  const read = readEmotionFile(bytes)
  if (!read.ok) throw new FailureError(read.failure)
  checkpointShelf(workFolder, 'emotion').put(ONLY_STEP, bytes, [ONLY_STEP])
  writeAtomically(modelPath, bytes)
}
