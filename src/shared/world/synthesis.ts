import { assert } from '../base/assert.ts'
import { defaultFramePeriodSec, safeguard } from './constants.ts'
import { createNormals } from './random.ts'
import type { Spectrogram } from './spectrogram.ts'
import { createPulseResponse } from './synthesis/pulse-response.ts'
import { locatePulses } from './synthesis/pulses.ts'

/** Aperiodicity is kept inside this range, so that both parts of the sound always exist. */
const leastAperiodicity = 0.001
const mostAperiodicity = 1 - safeguard

/** Samples that `frames` frames become. */
export const synthesizedSampleCount = (frames: number, fs: number, framePeriodSec = defaultFramePeriodSec): number =>
  Math.floor((frames * 1000 * framePeriodSec * fs) / 1000)

/**
 * Sound from pitch (Hz a frame, 0 unvoiced), power envelopes and aperiodicity (amplitude ratios) of the same frames and
 * bins; `synthesizedSampleCount` samples at `fs` Hz. The same input gives the same noise. Source: Morise 2016, "WORLD".
 */
export function synthesize(
  f0: Float64Array,
  spectrogram: Spectrogram,
  aperiodicity: Spectrogram,
  fs: number,
  framePeriodSec = defaultFramePeriodSec,
): Float64Array {
  assertSameFrames(f0, spectrogram, aperiodicity)
  const output = new Float64Array(synthesizedSampleCount(f0.length, fs, framePeriodSec))
  if (f0.length === 0) return output
  const fftSize = 2 * (spectrogram.binCount - 1)
  const pulses = locatePulses(f0, fs, fftSize, framePeriodSec, output.length)
  const respond = createPulseResponse(fs, fftSize, createNormals())
  const power = new Float64Array(spectrogram.binCount)
  const noiseShare = new Float64Array(spectrogram.binCount)
  for (let p = 0; p < pulses.count; p++) {
    const index = pulses.indices[p]
    const position = index / fs / framePeriodSec
    readBetweenFrames(spectrogram, position, 0, Infinity, power)
    readBetweenFrames(aperiodicity, position, leastAperiodicity, mostAperiodicity, noiseShare)
    for (let k = 0; k < noiseShare.length; k++) noiseShare[k] *= noiseShare[k]
    const response = respond({
      power,
      noiseShare,
      isVoiced: pulses.isVoiced[p],
      shiftSec: pulses.shiftsSec[p],
      noiseSamples: pulses.indices[Math.min(p + 1, pulses.count - 1)] - index,
    })
    addAt(output, index - fftSize / 2 + 1, response)
  }
  return output
}

function assertSameFrames(f0: Float64Array, spectrogram: Spectrogram, aperiodicity: Spectrogram): void {
  const frames = `${f0.length}, ${spectrogram.frameCount} and ${aperiodicity.frameCount} frames`
  const isSame = f0.length === spectrogram.frameCount && f0.length === aperiodicity.frameCount
  assert(isSame, `pitch, envelope and aperiodicity have the same frames, not ${frames}`)
  assert(spectrogram.binCount === aperiodicity.binCount, 'envelope and aperiodicity have the same bins')
}

/** The spectrum at a fractional frame, its values first clamped to low … high. */
function readBetweenFrames(
  { values, frameCount, binCount }: Spectrogram,
  position: number,
  low: number,
  high: number,
  output: Float64Array,
): void {
  const frame = Math.min(Math.floor(position), frameCount - 1)
  const before = frame * binCount
  const after = Math.min(Math.ceil(position), frameCount - 1) * binCount
  const part = position - frame
  for (let k = 0; k < binCount; k++) {
    const a = Math.min(Math.max(values[before + k], low), high)
    const b = Math.min(Math.max(values[after + k], low), high)
    output[k] = before === after ? a : a + part * (b - a)
  }
}

function addAt(output: Float64Array, offset: number, response: Float64Array): void {
  const first = Math.max(0, -offset)
  const end = Math.min(response.length, output.length - offset)
  for (let i = first; i < end; i++) output[offset + i] += response[i]
}
