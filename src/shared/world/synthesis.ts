import { assert } from '../base/assert.ts'
import type { PulseTrain, RenderPulses } from '../kernels/synthesis.ts'
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
  const output = new Float64Array(synthesizedSampleCount(f0.length, fs, framePeriodSec))
  const { sampleCount = output.length } = options
  assert(sampleCount <= output.length, `${f0.length} frames hold ${output.length} samples, fewer than ${sampleCount}`)
  if (f0.length === 0) return output
  const fftSize = 2 * (spectrogram.binCount - 1)
  const pulses = locatePulses(f0, fs, fftSize, framePeriodSec, output.length)
  const { indices } = pulses
  const train: PulseTrain = {
    ...pulses,
    fftSize,
    frameCount: f0.length,
    power: spectrogram.values,
    aperiodicity: aperiodicity.values,
    framePositions: Float64Array.from(indices, (index) => index / fs / framePeriodSec),
    noiseSamples: indices.map((index, pulse) => indices[Math.min(pulse + 1, indices.length - 1)] - index),
    noiseState: createNormals().state(),
  }
  render(train, output)
  return output.subarray(0, sampleCount)
}

/** The plain twin of the kernel `synthesis`: the definition that the tests hold it to. */
export const renderPulses: RenderPulses = (train, output) => {
  const { fftSize, frameCount, indices } = train
  const respond = createPulseResponse(fftSize, createNormals(train.noiseState))
  const power = new Float64Array(fftSize / 2 + 1)
  const noiseShare = new Float64Array(fftSize / 2 + 1)
  for (let p = 0; p < indices.length; p++) {
    const position = train.framePositions[p]
    readBetweenFrames(train.power, frameCount, position, 0, Infinity, power)
    readBetweenFrames(train.aperiodicity, frameCount, position, leastAperiodicity, mostAperiodicity, noiseShare)
    for (let k = 0; k < noiseShare.length; k++) noiseShare[k] *= noiseShare[k]
    const response = respond({
      power,
      noiseShare,
      isVoiced: train.isVoiced[p] === 1,
      shiftSamples: train.shiftsSamples[p],
      noiseSamples: train.noiseSamples[p],
    })
    addAt(output, indices[p] - fftSize / 2 + 1, response)
  }
}

function assertSameFrames(f0: Float64Array, spectrogram: Spectrogram, aperiodicity: Spectrogram): void {
  const frames = `${f0.length}, ${spectrogram.frameCount} and ${aperiodicity.frameCount} frames`
  const isSame = f0.length === spectrogram.frameCount && f0.length === aperiodicity.frameCount
  assert(isSame, `pitch, envelope and aperiodicity have the same frames, not ${frames}`)
  assert(spectrogram.binCount === aperiodicity.binCount, 'envelope and aperiodicity have the same bins')
}

/** The spectrum at a fractional frame, its values first clamped to low … high. */
function readBetweenFrames(
  rows: Float64Array,
  frameCount: number,
  position: number,
  low: number,
  high: number,
  output: Float64Array,
): void {
  const binCount = output.length
  const frame = Math.min(Math.floor(position), frameCount - 1)
  const before = frame * binCount
  const after = Math.min(Math.ceil(position), frameCount - 1) * binCount
  const part = position - frame
  for (let k = 0; k < binCount; k++) {
    const a = Math.min(Math.max(rows[before + k], low), high)
    const b = Math.min(Math.max(rows[after + k], low), high)
    output[k] = before === after ? a : a + part * (b - a)
  }
}

function addAt(output: Float64Array, offset: number, response: Float64Array): void {
  const first = Math.max(0, -offset)
  const end = Math.min(response.length, output.length - offset)
  for (let i = first; i < end; i++) output[offset + i] += response[i]
}
