import { failure, FailureError } from '../../../shared/base/errors.ts'
import { subProgress, type Progress } from '../../../shared/base/progress.ts'
import type { ConvertRequest } from '../../../shared/contract/compute.ts'
import { convertRegion, type ConversionOutcome } from '../../../shared/conversion/convert.ts'
import type { PreparedEmotion } from '../../../shared/conversion/emotions/prepared-emotion.ts'
import { overFrames } from '../../../shared/conversion/over-frames.ts'
import type { PreparedSinger } from '../../../shared/conversion/prepared-singer.ts'
import { compareToSource, type Comparison } from '../../../shared/conversion/report.ts'
import type { Resample } from '../../../shared/conversion/sound.ts'
import { planSpan } from '../../../shared/conversion/windows.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { ownEmotionOf } from '../../../shared/project/own-emotion.ts'
import { heardBlend, whatIsHeard } from '../../../shared/project/performance.ts'
import { createScratchFile, type ScratchFile } from '../../files/scratch-file.ts'
import { createWavWriter, openWavReader, type WavReader } from '../../files/wav-file.ts'
import { createAnalysisResampler } from '../analysis-resampler.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import { openKnownNumbers } from '../known-numbers.ts'
import { openEmotionModel, prepareEmotion, shippedEmotionModel } from '../emotions/translators.ts'
import { loadSinger } from '../models/singer-store.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'

const NEUTRAL = 'neutral'
/** Of the whole task's progress: what a translator finds out ahead. */
const EMOTION_END = 0.2

/** Sings a span of a source with a singer's voice, into a file of its own, and holds it against the source. */
export async function convert(request: ConvertRequest, context: TaskContext): Promise<TaskEnd> {
  const startMs = context.nowMs()
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const resample = await createAnalysisResampler(kernels)
  const [singer, ...blendedSingers] = loadSingers(request, subProgress(context.progress, 0, 0.05), kernels)
  const source = openWavReader(request.sourcePath)
  try {
    requireSpan(request, source)
    const outcome = await renderTo(request, context, { source, singer, blendedSingers, resample, kernels })
    const renderSec = (context.nowMs() - startMs) / 1000
    const comparison = compare(request, context, { source, singer, blendedSingers, outcome, resample })
    const { semitones } = outcome
    return { kind: 'done', result: { kind: 'convert', semitones, ...comparison, renderSec } }
  } finally {
    source.close()
  }
}

interface Parts {
  readonly source: WavReader
  readonly singer: PreparedSinger
  readonly blendedSingers: readonly PreparedSinger[]
  readonly resample: Resample
  readonly kernels: Kernels
}

function loadSingers(
  { singerPath, blendedSingerPaths }: ConvertRequest,
  progress: Progress,
  kernels: Kernels,
): PreparedSinger[] {
  const paths = [singerPath, ...blendedSingerPaths]
  return paths.map((path, index) =>
    loadSinger(path, subProgress(progress, index / paths.length, (index + 1) / paths.length), kernels),
  )
}

/** The file gets its name only when the whole region is in it. */
async function renderTo(request: ConvertRequest, context: TaskContext, parts: Parts): Promise<ConversionOutcome> {
  const { rateHz, channelCount } = parts.source
  const writer = createWavWriter(request.outPath, { rateHz, channelCount, encoding: 'float32' })
  const scratch = createScratchFile(request.outPath)
  try {
    const emotion = await readEmotion(request, context, parts, scratch)
    const outcome = convertRegion({
      ...parts,
      emotion,
      startSamples: request.sourceStartSamples,
      durationSamples: request.durationSamples,
      performance: { ...request.performance, blend: heardBlend(request.performance) },
      progress: subProgress(context.progress, emotion === null ? 0.05 : EMOTION_END, 0.8),
      sink: writer,
      openScratch: scratch.openScratch,
      ...(request.known && {
        known: { sourceKey: request.known.sourceKey, numbers: openKnownNumbers(request.known.folder) },
      }),
    })
    writer.finish()
    return outcome
  } catch (cause) {
    writer.abandon()
    throw cause
  } finally {
    scratch.close()
  }
}

function compare(
  request: ConvertRequest,
  context: TaskContext,
  {
    source,
    singer,
    blendedSingers,
    outcome,
    resample,
  }: Omit<Parts, 'kernels'> & { readonly outcome: ConversionOutcome },
): Comparison {
  const render = openWavReader(request.outPath)
  try {
    return compareToSource({
      source,
      startSamples: request.sourceStartSamples,
      durationSamples: request.durationSamples,
      render,
      outcome,
      resample,
      progress: subProgress(context.progress, 0.8, 1),
      kernels: loadKernelsWithCrew(context.kernelsFolder, context.log),
      banks: [singer, ...blendedSingers].map(({ model }) => model.bank),
    })
  } finally {
    render.close()
  }
}

async function readEmotion(
  { performance, emotionFolder, sourceEmotion, sourceStartSamples, durationSamples }: ConvertRequest,
  { modelsFolder, backend, progress }: TaskContext,
  { source, resample, kernels }: Parts,
  { openScratch }: ScratchFile,
): Promise<PreparedEmotion | null> {
  if (whatIsHeard(performance).emotion === NEUTRAL) return null
  const { emotionId, intensity } = performance.emotion
  const span = planSpan(source, sourceStartSamples, durationSamples)
  const model = emotionFolder === undefined ? shippedEmotionModel(modelsFolder) : openEmotionModel(emotionFolder)
  return prepareEmotion(model, ownEmotionOf(emotionId)?.emotion ?? emotionId, {
    span,
    intensity: overFrames(intensity, performance.curves.intensity, span),
    delivery: performance.delivery,
    ...(sourceEmotion === undefined ? {} : { sourceEmotion }),
    resample,
    kernels,
    backend,
    openScratch,
    progress: subProgress(progress, 0.05, EMOTION_END),
  })
}

function requireSpan({ sourcePath, sourceStartSamples, durationSamples }: ConvertRequest, source: WavReader): void {
  const isInside = sourceStartSamples >= 0 && sourceStartSamples + durationSamples <= source.durationSamples
  if (isInside && durationSamples > 0) return
  const asked = `${durationSamples} samples from ${sourceStartSamples}`
  const message = `“${sourcePath}” holds ${source.durationSamples} samples, and ${asked} were asked for.`
  throw new FailureError(failure('audio-truncated', message, 'Import the file again.'))
}
