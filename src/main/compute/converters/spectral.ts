import { subProgress, type Progress } from '../../../shared/base/progress.ts'
import type { ConvertRequest } from '../../../shared/contract/compute.ts'
import { convertRegion } from '../../../shared/conversion/convert.ts'
import type { PreparedEmotion } from '../../../shared/conversion/emotions/prepared-emotion.ts'
import { overFrames } from '../../../shared/conversion/over-frames.ts'
import type { PreparedSinger } from '../../../shared/conversion/prepared-singer.ts'
import { planSpan } from '../../../shared/conversion/windows.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { ownEmotionOf } from '../../../shared/project/own-emotion.ts'
import { heardBlend, whatIsHeard } from '../../../shared/project/performance.ts'
import { openEmotionModel, prepareEmotion, shippedEmotionModel } from '../emotions/translators.ts'
import { openKnownNumbers } from '../known-numbers.ts'
import { loadSinger } from '../models/singer-store.ts'
import type { TaskContext } from '../task-context.ts'
import type { ConversionParts, Converter } from './converter.ts'
import { rendererOf } from './renderer-of.ts'

const NEUTRAL = 'neutral'
/** Of the conversion's progress: when the singers are loaded, and when a translator has found out what it can ahead. */
const LOADED = 0.0625
const EMOTION_END = 0.25

/** Changes the source's spectra into those of the singer, or of a blend of singers. */
export const convertSpectrally: Converter = async (request, context, parts) => {
  const { progress } = parts
  const singers = loadSingers(request, subProgress(progress, 0, LOADED), parts.kernels)
  const [singer, ...blendedSingers] = singers
  const emotion = await readEmotion(request, context, parts)
  const outcome = convertRegion({
    ...parts,
    singer,
    blendedSingers,
    emotion,
    renderer: rendererOf(request),
    startSamples: request.sourceStartSamples,
    durationSamples: request.durationSamples,
    performance: { ...request.performance, blend: heardBlend(request.performance) },
    progress: subProgress(progress, emotion === null ? LOADED : EMOTION_END, 1),
    ...(request.known && {
      known: { sourceKey: request.known.sourceKey, numbers: openKnownNumbers(request.known.folder) },
    }),
  })
  return { outcome, banks: singers.map(({ model }) => model.bank) }
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

async function readEmotion(
  { performance, emotionFolder, sourceEmotion, sourceStartSamples, durationSamples }: ConvertRequest,
  { modelsFolder, backend }: TaskContext,
  { source, resample, kernels, openScratch, progress }: ConversionParts,
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
    progress: subProgress(progress, LOADED, EMOTION_END),
  })
}
