import { FailureError } from '../../../shared/base/errors.ts'
import type { Progress } from '../../../shared/base/progress.ts'
import type { TrainRequest } from '../../../shared/contract/compute.ts'
import { auxiliary } from '../../../shared/conversion/auxiliary.ts'
import { analyzeClip, type ClipFeatures } from '../../../shared/conversion/clip-features.ts'
import { activeFrames, energies, everySecond, everySecondFrame, shapes } from '../../../shared/conversion/features.ts'
import { sliceFeatures } from '../../../shared/conversion/sliced-features.ts'
import type { Resample } from '../../../shared/conversion/sound.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import type { TrainingClip } from '../../../shared/training/clip.ts'
import { openWavReader } from '../../files/wav-file.ts'
import type { FeatureStore } from './feature-store.ts'

export interface AnalyzedClip {
  readonly features: ClipFeatures
  readonly durationSec: number
  readonly voicedSec: number
}

/** Frames of `ClipFeatures`. */
const FRAMES_PER_SEC = 200

type ClipFile = TrainRequest['clips'][number]

/**
 * Analyzes a clip, or takes what the store kept of it; only its slices are handed on where it has any. Throws
 * FailureError that names the clip, and CancelledError.
 */
export function analyzeClipFile(
  { clipId, fileName, path, slices, isNarrow }: ClipFile,
  resample: Resample,
  store: FeatureStore,
  progress: Progress,
  kernels: Kernels,
): AnalyzedClip {
  const reader = openWavReader(path)
  try {
    const known = store.load(clipId)
    const whole = known ?? analyzeClip(reader, resample, progress, kernels)
    if (known === null) store.save(clipId, whole)
    const cut = slices === undefined ? whole : sliceFeatures(whole, slices)
    const features = { ...cut, isNarrow: whole.isNarrow || isNarrow === true }
    return { features, durationSec: features.f0.length / FRAMES_PER_SEC, voicedSec: voicedSecOf(features.f0) }
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    throw new FailureError({ ...cause.failure, message: `“${fileName}”: ${cause.failure.message}` })
  } finally {
    reader.close()
  }
}

export function voicedSecOf(f0: Float32Array): number {
  let frames = 0
  for (const hz of f0) if (hz > 0) frames++
  return frames / FRAMES_PER_SEC
}

/** From 5 to 10 ms, as the network sees it. */
export function toTrainingClip(features: ClipFeatures, singerIndex: number): TrainingClip {
  const lm = everySecondFrame(features.lm)
  const levels = energies(lm)
  const { pitch, voiced, energy } = auxiliary(everySecond(features.f0), levels)
  return {
    shapes: Float32Array.from(shapes(lm)),
    pitch: Float32Array.from(pitch),
    voiced: Float32Array.from(voiced),
    energy: Float32Array.from(energy),
    active: activeFrames(levels),
    isNarrow: features.isNarrow,
    singerIndex,
  }
}
