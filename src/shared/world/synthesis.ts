import { assert } from '../base/assert.ts'
import type { RenderPulses } from '../kernels/synthesis.ts'
import { defaultFramePeriodSec } from './constants.ts'
import { createPiecewiseSynthesis } from './piecewise-synthesis.ts'
import type { Spectrogram } from './spectrogram.ts'
import { renderPulses } from './synthesis/render-pulses.ts'

/** Samples that `frames` frames become. */
export const synthesizedSampleCount = (frames: number, fs: number, framePeriodSec = defaultFramePeriodSec): number =>
  Math.floor((frames * 1000 * framePeriodSec * fs) / 1000)

export interface SynthesisOptions {
  readonly framePeriodSec?: number
  /** Length of the sound; by default `synthesizedSampleCount`, which is also the most. */
  readonly sampleCount?: number
}

/**
 * Sound from pitch (Hz a frame, 0 unvoiced), power envelopes and aperiodicity (amplitude ratios) of the same frames and
 * bins, at `fs` Hz. What was analyzed gets its length back by `sampleCount`. The same input gives the same noise. Without the kernel its plain
 * twin computes. Source: Morise 2016, "WORLD".
 */
export function synthesize(
  f0: Float64Array,
  spectrogram: Spectrogram,
  aperiodicity: Spectrogram,
  fs: number,
  options: SynthesisOptions = {},
  render: RenderPulses = renderPulses,
): Float64Array {
  assertSameFrames(f0, spectrogram, aperiodicity)
  const { framePeriodSec = defaultFramePeriodSec } = options
  const most = synthesizedSampleCount(f0.length, fs, framePeriodSec)
  const { sampleCount = most } = options
  assert(sampleCount <= most, `${f0.length} frames hold ${most} samples, fewer than ${sampleCount}`)
  if (f0.length === 0) return new Float64Array()
  const fftSize = 2 * (spectrogram.binCount - 1)
  const sing = createPiecewiseSynthesis({ f0, fs, fftSize, sampleCount: most, framePeriodSec }, render)
  const channel = { power: spectrogram.values, aperiodicity: aperiodicity.values }
  const [sound] = sing({ firstFrame: 0, channels: [channel], endSample: most })
  return sound.subarray(0, sampleCount)
}

function assertSameFrames(f0: Float64Array, spectrogram: Spectrogram, aperiodicity: Spectrogram): void {
  const frames = `${f0.length}, ${spectrogram.frameCount} and ${aperiodicity.frameCount} frames`
  const isSame = f0.length === spectrogram.frameCount && f0.length === aperiodicity.frameCount
  assert(isSame, `pitch, envelope and aperiodicity have the same frames, not ${frames}`)
  assert(spectrogram.binCount === aperiodicity.binCount, 'envelope and aperiodicity have the same bins')
}
