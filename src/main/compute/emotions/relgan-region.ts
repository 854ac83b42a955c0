import { subProgress, throwIfCancelled } from '../../../shared/base/progress.ts'
import { analyzePitch, forEachLogMel, readWindow } from '../../../shared/conversion/analyze.ts'
import { countVoiced, throughUnvoiced } from '../../../shared/conversion/auxiliary.ts'
import { NEUTRAL_ID } from '../../../shared/conversion/emotions/registry.ts'
import { codeChange, pitchChange, type EmotionWay } from '../../../shared/conversion/emotions/relgan/code-change.ts'
import { middleNormal } from '../../../shared/conversion/emotions/relgan/emotion-normal.ts'
import { bandsOfCode } from '../../../shared/conversion/emotions/relgan/envelope-code.ts'
import {
  attributeOver,
  heldChange,
  measureRegion,
  planRegionWindows,
  windowMap,
  windowWeight,
  type RegionCode,
} from '../../../shared/conversion/emotions/relgan/region-code.ts'
import type { RelganModel } from '../../../shared/conversion/emotions/relgan/relgan-model.ts'
import { levelOf } from '../../../shared/conversion/emotions/relgan/level-change.ts'
import type { TranslatedFrames } from '../../../shared/conversion/emotions/translated-emotion.ts'
import { openFrameRows, type FrameRows, type SummedRows } from '../../../shared/conversion/frame-rows.ts'
import { valueAt } from '../../../shared/conversion/over-frames.ts'
import { keepsNotes } from '../../../shared/conversion/pitch-plan.ts'
import { surveySpan } from '../../../shared/conversion/windows.ts'
import { withGenerator, type Generate } from '../../../shared/networks/relgan/inference.ts'
import { BAND_COUNT } from '../../../shared/networks/spectral-autoencoder/config.ts'
import type { EmotionRequest } from './emotion-model.ts'
import { tensorsHere } from './tensors-here.ts'

/**
 * Finds out what the generator changes in a span: G(x, a · v) less G(x, 0) of every window, in the converter's bands.
 * Spoken regions move in pitch as the emotion's mean and spread say; sung ones keep it.
 */
export async function translateRegion(
  model: RelganModel,
  emotionId: string,
  request: EmotionRequest,
): Promise<TranslatedFrames> {
  const { span, intensity, openScratch, progress } = request
  const survey = surveySpan(span, subProgress(progress, 0, 0.05))
  if (survey.peak === 0) return { pitch: null, breath: null, shapes: null, level: null }
  const { resample, kernels } = request
  const f0 = analyzePitch(span, survey, resample, subProgress(progress, 0.05, 0.4), kernels)
  const lm = openFrameRows(openScratch, span.frameCount)
  const read = readWindow(span)
  forEachLogMel(span, survey, f0, read, resample, subProgress(progress, 0.4, 0.6), kernels, (frame, row) =>
    lm.add(frame, row, 0),
  )
  const way = wayTo(model, request.sourceEmotion ?? NEUTRAL_ID, emotionId)
  const region = measureRegion(lm, way.source, model.edgeHz)
  const shapes = openFrameRows(openScratch, span.frameCount)
  await tensorsHere(request.backend)
  await withGenerator(model.config, model.parameters, (generate) =>
    addChanges({ generate, model, way, emotionId, lm, region, shapes }, request),
  )
  return {
    pitch: keepsNotes(f0, request.delivery) ? null : expressPitch(f0, way, request),
    breath: null,
    shapes,
    level: levelOf(lm, shapes, region, intensity),
  }
}

interface Translating {
  readonly generate: Generate
  readonly model: RelganModel
  readonly way: EmotionWay
  readonly emotionId: string
  readonly lm: FrameRows
  readonly region: RegionCode
  readonly shapes: SummedRows
}

/** Windows overlap, and each is translated beside itself unchanged. */
async function addChanges(
  { generate, model, way, emotionId, lm, region, shapes }: Translating,
  { intensity, progress, sourceEmotion = NEUTRAL_ID }: EmotionRequest,
): Promise<void> {
  const own = subProgress(progress, 0.6, 1)
  const windows = planRegionWindows(region.frameCount)
  const [source, target] = [model.emotions.indexOf(sourceEmotion), model.emotions.indexOf(emotionId)]
  const bands = new Float64Array(BAND_COUNT)
  for (const [index, window] of windows.entries()) {
    throwIfCancelled(own)
    own.report(index / windows.length, 'translating the emotion')
    const map = windowMap(lm, region, window, way.source, model.edgeHz)
    const v = attributeOver(intensity, window, model.emotions.length, source < 0 ? null : source, target)
    const made = await generate(beside(map, map), 2, beside(v, new Float32Array(v.length)))
    const part = (values: number) => valueAt(intensity, window.firstFrame + values)
    const alphas = Float64Array.from({ length: window.frameCount }, (_, frame) => part(frame))
    const change = codeChange(made.subarray(0, map.length), made.subarray(map.length), way, alphas)
    const width = change.length / window.frameCount
    for (let frame = 0; frame < window.frameCount; frame++) {
      const at = window.firstFrame + frame
      if (at >= region.frameCount || alphas[frame] === 0) continue
      bandsOfCode(change.subarray(frame * width, (frame + 1) * width), model.edgeHz, bands)
      heldChange(bands)
      shapes.add(at, bands, 0, windowWeight(index, windows.length, frame))
    }
  }
  own.report(1)
}

/** From what it is, or from the middle of all emotions where the model does not know that. */
function wayTo({ emotions, normals }: RelganModel, sourceEmotion: string, emotionId: string): EmotionWay {
  const source = emotions.indexOf(sourceEmotion)
  return { source: source < 0 ? middleNormal(normals) : normals[source], target: normals[emotions.indexOf(emotionId)] }
}

/** Octaves per frame: around the voice's own mean, so that it stays that voice. */
function expressPitch(f0: Float32Array, way: EmotionWay, { intensity }: EmotionRequest): Float64Array | null {
  if (countVoiced(f0) === 0) return null
  const logF0 = throughUnvoiced(f0, Math.log)
  let sum = 0
  for (const hz of f0) if (hz > 0) sum += Math.log(hz)
  const mean = sum / countVoiced(f0)
  return logF0.map((value, frame) => {
    const a = valueAt(intensity, frame)
    if (a === 0) return 0
    const { offset, spread } = pitchChange(way, a)
    return ((value - mean) * (spread - 1) + offset) / Math.LN2
  })
}

function beside(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
