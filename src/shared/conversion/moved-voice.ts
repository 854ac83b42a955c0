import type { Numbers } from '../dsp/numbers.ts'
import { readWindow, type ReadWindow } from './analyze.ts'
import type { PitchPlan } from './pitch-plan.ts'
import { median } from './transposition/phase.ts'
import { transpose, type PhaseAnchor } from './transposition/transpose.ts'
import { bridgeGaps } from './transposition/voice-curves.ts'
import type { AnalysisSpan, SoundWindow } from './windows.ts'

/** Reads the windows of a span with the plan's pitch: the same sound each time a window is asked for. */
export function createMovedVoice(
  span: AnalysisSpan,
  f0: Float32Array,
  { ratio }: PitchPlan,
  shapeNoise: ((noise: Float64Array) => Float64Array) | null,
): ReadWindow {
  const read = readWindow(span)
  if (ratio === null) return read
  const gapless = bridgeGaps(f0)
  const medianHz = median(f0.filter((hz) => hz > 0))
  /** Where each window's voice stands when the next one takes over; known once a window was read. */
  const anchors: (PhaseAnchor | null)[] = [null]
  return (window) => {
    const channels = read(window).map((channel) => Float64Array.from(channel))
    const anchor = anchors[window.index] ?? null
    const moved = transpose(channels, {
      rateHz: span.source.rateHz,
      f0: f0.subarray(window.firstFrame, window.lastFrame),
      gapless: {
        logarithmic: windowOf(gapless.logarithmic, window),
        linear: windowOf(gapless.linear, window),
      },
      ratio: typeof ratio === 'number' ? ratio : windowOf(ratio, window),
      medianHz,
      ...(anchor && { anchor: { ...anchor, positionSamples: anchor.positionSamples - window.firstSamples } }),
      ...(shapeNoise && { shapeNoise }),
    })
    if (!window.isLast) {
      const phase = moved.phase?.[window.endSamples - window.firstSamples]
      anchors[window.index + 1] = phase === undefined ? null : { positionSamples: window.endSamples, phase }
    }
    return moved.channels
  }
}

const windowOf = (frames: Numbers, window: SoundWindow) => frames.subarray(window.firstFrame, window.lastFrame)
