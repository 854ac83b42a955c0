import { createMelBands, type MelBands } from '../dsp/mel.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT, LOW_BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'

/** Everything is analyzed at this rate; the voice's own rate is kept for the sound. */
export const ANALYSIS_RATE_HZ = 24_000
export const ENVELOPE_FFT_SIZE = 1024
/** Hop of pitch and envelope; the network runs on every second frame. */
export const FRAME_PERIOD_SEC = 0.005
export const FRAMES_PER_SEC = 200
export const F0_FLOOR_HZ = 65
export const F0_CEIL_HZ = 1000
/** Analysis is at this peak, so that the floors below mean the same for every file. */
export const ANALYSIS_PEAK = 0.7
/** Added to power before the logarithm. */
export const POWER_FLOOR = 1e-10
/** A frame is active when its energy (ln of power) is within this of the file's 95th percentile: 30 dB. */
export const ACTIVE_RANGE = 6.9
const HIGHEST_BAND_HZ = 12_000

let bands: MelBands | null = null

/** The 64 mel bands of the envelope, 0–12 kHz; those below 7,600 Hz (55) are the low bands. */
export function melBands(): MelBands {
  bands ??= createMelBands(BAND_COUNT, HIGHEST_BAND_HZ, ENVELOPE_FFT_SIZE, ANALYSIS_RATE_HZ)
  return bands
}

/** Number of 10 ms frames in a number of 5 ms frames. */
export const networkFrameCount = (frameCount: number): number => Math.ceil(frameCount / 2)

/** Energy of frame `frame`: ln of the mean power of the low bands. `lm` is [frames × 64] of ln power. */
export function frameEnergy(lm: Numbers, frame: number): number {
  let sum = 0
  for (let band = 0, at = frame * BAND_COUNT; band < LOW_BAND_COUNT; band++, at++) sum += Math.exp(lm[at])
  return Math.log(sum / LOW_BAND_COUNT)
}

/** Energies of all frames of `lm` [frames × 64]. */
export function energies(lm: Numbers): Float64Array {
  return Float64Array.from({ length: lm.length / BAND_COUNT }, (_, frame) => frameEnergy(lm, frame))
}

/** Mean of the low bands of one frame: what the shape is taken above. */
export function lowMean(lm: Numbers, frame: number): number {
  let sum = 0
  for (let band = 0, at = frame * BAND_COUNT; band < LOW_BAND_COUNT; band++, at++) sum += lm[at]
  return sum / LOW_BAND_COUNT
}

/** `lm` [frames × 64] with every frame's low-band mean removed. */
export function shapes(lm: Numbers): Float64Array {
  const result = Float64Array.from(lm)
  for (let frame = 0; frame < lm.length / BAND_COUNT; frame++) removeLowMean(result, frame)
  return result
}

/** Takes the low-band mean from one frame, in place. */
export function removeLowMean(values: Numbers, frame: number): void {
  const mean = lowMean(values, frame)
  for (let band = 0, at = frame * BAND_COUNT; band < BAND_COUNT; band++, at++) values[at] -= mean
}

/** Every second frame of `lm`: from 5 to 10 ms. */
export function everySecondFrame(lm: Numbers): Float64Array {
  const count = networkFrameCount(lm.length / BAND_COUNT)
  const result = new Float64Array(count * BAND_COUNT)
  for (let frame = 0; frame < count; frame++)
    result.set(lm.subarray(2 * frame * BAND_COUNT, (2 * frame + 1) * BAND_COUNT), frame * BAND_COUNT)
  return result
}

export const everySecond = (values: Numbers): Float64Array =>
  Float64Array.from({ length: Math.ceil(values.length / 2) }, (_, index) => values[2 * index])

/** Percentile (0…100) with linear interpolation between order statistics; NaN of nothing. */
export function percentile(values: Numbers, percent: number): number {
  const sorted = Float64Array.from(values).sort()
  const position = ((sorted.length - 1) * percent) / 100
  const below = Math.floor(position)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below)
}

/** The level that the file's own loud frames reach: 95th percentile of its energies. */
export const loudEnergy = (frameEnergies: Numbers): number => percentile(frameEnergies, 95)

/** 1 where a frame is active, else 0. */
export function activeFrames(frameEnergies: Numbers): Uint8Array {
  const threshold = loudEnergy(frameEnergies) - ACTIVE_RANGE
  return Uint8Array.from(frameEnergies, (energy) => (energy > threshold ? 1 : 0))
}
