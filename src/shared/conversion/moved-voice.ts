import type { Numbers } from '../dsp/numbers.ts'
import type { TranspositionSteps } from '../kernels/transposition.ts'
import { readWindow, type ReadWindow } from './analyze.ts'
import type { PitchPlan } from './pitch-plan.ts'
import { movedRuns } from './transposition/moved-runs.ts'
import { median } from './transposition/phase.ts'
import { transpose, type GrainChoice, type VoiceMemory } from './transposition/transpose.ts'
import type { Unevenness } from './transposition/unevenness.ts'
import { bridgeGapsWithin } from './transposition/voice-curves.ts'
import type { AnalysisSpan, SoundWindow } from './windows.ts'

/**
 * A window takes over so long before its own samples: what leaves a trace in them, filters of 25 Hz and up and grains
 * of a period, is then its own, and all slower memory was handed to it.
 */
const LEAD_IN_SEC = 0.5

/** Changes the noise part of a window's voice. */
export type ShapeNoise = (noise: Float64Array, window: SoundWindow) => Float64Array

/** How a voice is moved. */
export interface VoiceMove extends Pick<PitchPlan, 'ratio'> {
  readonly grains?: GrainChoice
  /** 1 at each frame that stays the source's: whole voiced runs, from pause to pause. */
  readonly isLeft?: Uint8Array
  /** As in `Transposition`. */
  readonly isNoiseToneless?: boolean
  /** As in `Transposition`, of the span. */
  readonly unevenness?: Omit<Unevenness, 'gapless'>
}

/** Reads the windows of a span with the plan's pitch: the same sound each time a window is asked for. `steps` do the work. */
export function createMovedVoice(
  span: AnalysisSpan,
  f0: Float32Array,
  { ratio, isLeft, grains = 'nearest', isNoiseToneless = false, unevenness }: VoiceMove,
  shapeNoise: ShapeNoise | null,
  steps?: TranspositionSteps,
): ReadWindow {
  const read = readWindow(span)
  if (ratio === null) return read
  const { rateHz } = span.source
  const moved = movedFrames(f0, ratio, isLeft)
  const medianHz = median(f0.filter((hz) => hz > 0))
  /** What each window got from the one before, in samples of the span; known once that was read. */
  const memories: (VoiceMemory | null)[] = [null]
  return (window) => {
    const channels = read(window).map((channel) => Float64Array.from(channel))
    const resume = memories[window.index] ?? null
    const handOver = window.endSamples - Math.round(LEAD_IN_SEC * rateHz)
    const isHandedOver = !window.isLast && handOver > Math.max(window.firstSamples, resume?.positionSamples ?? 0)
    const transposition = {
      rateHz,
      f0: windowOf(f0, window),
      gapless: bridgeGapsWithin(f0, window.firstFrame, window.lastFrame),
      firstFrame: window.firstFrame,
      ratio: typeof ratio === 'number' ? ratio : windowOf(ratio, window),
      medianHz,
      grains,
      isNoiseToneless,
      ...(unevenness && { unevenness: unevennessOf(unevenness, window) }),
      ...(moved && { moved: moved.subarray(window.firstFrame, window.lastFrame) }),
      ...(resume && { resume: movedBy(resume, -window.firstSamples) }),
      ...(isHandedOver && { handOverSamples: handOver - window.firstSamples }),
      ...(shapeNoise && { shapeNoise: (noise: Float64Array) => shapeNoise(noise, window) }),
    }
    const transposed = transpose(channels, transposition, steps)
    if (!window.isLast)
      memories[window.index + 1] =
        isHandedOver && transposed.memory ? movedBy(transposed.memory, window.firstSamples) : null
    return transposed.channels
  }
}

/** Null where everything is moved. */
function movedFrames(f0: Float32Array, ratio: number | Float64Array, isLeft?: Uint8Array): Uint8Array | null {
  const moved = typeof ratio === 'number' ? null : movedRuns(f0, ratio)
  return isLeft ? isLeft.map((left, frame) => (left === 1 ? 0 : (moved?.[frame] ?? 1))) : moved
}

const movedBy = (memory: VoiceMemory, samples: number): VoiceMemory => ({
  ...memory,
  positionSamples: memory.positionSamples + samples,
})
const windowOf = (frames: Numbers, window: SoundWindow) => frames.subarray(window.firstFrame, window.lastFrame)
const unevennessOf = ({ f0, shape }: Omit<Unevenness, 'gapless'>, window: SoundWindow): Unevenness => ({
  f0: windowOf(f0, window),
  gapless: bridgeGapsWithin(f0, window.firstFrame, window.lastFrame),
  shape,
})
