import type { Numbers } from '../../../dsp/numbers.ts'
import { CEPSTRA, SHRINKING } from '../../../networks/relgan/config.ts'
import { BAND_COUNT } from '../../../networks/spectral-autoencoder/config.ts'
import { ACTIVE_RANGE, frameEnergy, loudEnergy } from '../../features.ts'
import type { FrameRows } from '../../frame-rows.ts'
import { valueAt, type OverFrames } from '../../over-frames.ts'
import type { EmotionNormal } from './emotion-normal.ts'
import { normalizedMap } from './emotion-normal.ts'
import { codeBands } from './envelope-code.ts'

/** What a translator needs to know of a whole region before its first window. */
export interface RegionCode {
  readonly frameCount: number
  /** ln of power per frame. */
  readonly energies: Float64Array
  /** 1 where a frame is loud enough to count. */
  readonly active: Uint8Array
  /** How this voice differs from the one that the model calls normal (36): taken away before it is translated. */
  readonly own: Float64Array
}

/** @param source what is normal for the emotion that the region is in */
export function measureRegion(lm: FrameRows, source: EmotionNormal, edgeHz: number): RegionCode {
  const row = new Float64Array(BAND_COUNT)
  const energies = Float64Array.from({ length: lm.frameCount }, (_, frame) => {
    lm.read(frame, row)
    return frameEnergy(row, 0)
  })
  const threshold = loudEnergy(energies) - ACTIVE_RANGE
  const active = Uint8Array.from(energies, (energy) => (energy > threshold ? 1 : 0))
  const own = new Float64Array(CEPSTRA)
  const code = new Float64Array(CEPSTRA)
  const count = active.reduce((sum, one) => sum + one, 0)
  for (let frame = 0; frame < lm.frameCount; frame++) {
    if (active[frame] === 0) continue
    lm.read(frame, row)
    codeBands(row, edgeHz, code)
    for (let index = 0; index < CEPSTRA; index++) own[index] += code[index] / count
  }
  if (count > 0) for (let index = 0; index < CEPSTRA; index++) own[index] -= source.mean[index]
  return { frameCount: lm.frameCount, energies, active, own }
}

/** A window of a region, as the generator takes it; frames past the region's end repeat the last. */
export function windowMap(
  lm: FrameRows,
  { own }: RegionCode,
  { firstFrame, frameCount }: { readonly firstFrame: number; readonly frameCount: number },
  source: EmotionNormal,
  edgeHz: number,
): Float32Array {
  const codes = new Float64Array(frameCount * CEPSTRA)
  const row = new Float64Array(BAND_COUNT)
  for (let frame = 0; frame < frameCount; frame++) {
    lm.read(Math.min(firstFrame + frame, lm.frameCount - 1), row)
    const code = codes.subarray(frame * CEPSTRA, (frame + 1) * CEPSTRA)
    codeBands(row, edgeHz, code)
    for (let index = 0; index < CEPSTRA; index++) code[index] -= own[index]
  }
  return normalizedMap(codes, source)
}

/**
 * The attribute of a window's frames, [frames × K]: target less source, times the intensity there. A model that knows
 * no neutral starts in the middle of its emotions.
 * @param sourceIndex null for the middle
 */
export function attributeOver(
  intensity: OverFrames,
  { firstFrame, frameCount }: { readonly firstFrame: number; readonly frameCount: number },
  emotionCount: number,
  sourceIndex: number | null,
  targetIndex: number,
): Float32Array {
  const v = new Float32Array(frameCount * emotionCount)
  for (let frame = 0; frame < frameCount; frame++) {
    const a = valueAt(intensity, firstFrame + frame)
    for (let emotion = 0; emotion < emotionCount; emotion++) {
      const from = sourceIndex === null ? 1 / emotionCount : Number(emotion === sourceIndex)
      v[frame * emotionCount + emotion] = a * (Number(emotion === targetIndex) - from)
    }
  }
  return v
}

/** Windows that cover a region: each `length` frames long, a step apart, the last one past the end. */
export function planRegionWindows(
  frameCount: number,
): readonly { readonly firstFrame: number; readonly frameCount: number }[] {
  if (frameCount <= WINDOW_FRAMES) return [{ firstFrame: 0, frameCount: Math.ceil(frameCount / SHRINKING) * SHRINKING }]
  const count = 1 + Math.ceil((frameCount - WINDOW_FRAMES) / STEP_FRAMES)
  return Array.from({ length: count }, (_, index) => ({ firstFrame: index * STEP_FRAMES, frameCount: WINDOW_FRAMES }))
}

/** Weight of a window's frame: it rises and falls where windows overlap, and all weights sum to 1. */
export function windowWeight(index: number, windowCount: number, frame: number): number {
  const rising = index === 0 ? 1 : (frame + 0.5) / OVERLAP_FRAMES
  const falling = index === windowCount - 1 ? 1 : (WINDOW_FRAMES - frame - 0.5) / OVERLAP_FRAMES
  return Math.min(rising, falling, 1)
}

/** Instance norms see a whole window: 3.2 s hold as many kinds of sound as a clip. */
const WINDOW_FRAMES = 640
const OVERLAP_FRAMES = 128
const STEP_FRAMES = WINDOW_FRAMES - OVERLAP_FRAMES

/** Makes a change of ln power per band of a change of code. Nothing is changed by more than what is heard as the same voice. */
export const heldChange = (change: Numbers): void => {
  for (let band = 0; band < change.length; band++)
    change[band] = Math.min(Math.max(change[band], -GREATEST_CHANGE), GREATEST_CHANGE)
}

/** 17 dB. */
const GREATEST_CHANGE = 4
