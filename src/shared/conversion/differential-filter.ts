import type { Numbers } from '../dsp/numbers.ts'
import type { FilterKernel, FilterShape } from '../kernels/differential-filter.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { secondsToSamples } from '../units/time.ts'
import { FRAME_PERIOD_SEC, melBands } from './features.ts'
import { filterFrames } from './filter-frames.ts'

const WINDOW_SEC = 0.03
/** ln of power: 24 dB either way. */
export const GREATEST_CHANGE = 5.5
/** A changed frame is brought back to the loudness it had, within these factors. */
export const LEAST_SCALE = 0.35
export const GREATEST_SCALE = 2.8
const ENERGY_FLOOR = 1e-9
/** Where no window reaches, the sum of windows is held at this. */
const LEAST_WINDOW_SUM = 1e-2

/** What the filter asks of each 5 ms frame. */
export interface SpectralChange {
  readonly frameCount: number
  /** Writes the change of ln power per band (64). */
  readDifference(frame: number, difference: Float64Array): void
  /** Change of the frame's ln power that is heard after the shape's level was matched; none where absent. */
  readonly levelChange?: Numbers
  /** False lets the frame's energy change with its envelope; true where absent. */
  readonly keepsEnergy?: boolean
}

/**
 * A piece of sound with its place: sample 0 of every channel stands at `firstSamples`, counted from frame 0.
 */
export interface PlacedSound {
  readonly channels: readonly Float64Array[]
  readonly firstSamples: number
}

/** Channels as doubles, the first sample of each at `firstSamples`. */
export const placedSound = (channels: readonly (Float32Array | Float64Array)[], firstSamples: number): PlacedSound => ({
  channels: channels.map((channel) => (channel instanceof Float64Array ? channel : Float64Array.from(channel))),
  firstSamples,
})

export interface DifferentialFilter {
  /** Samples before and after a span that its result depends on. */
  readonly reachSamples: number
  /**
   * The filtered samples `startSamples … + count`. `sound` should reach `reachSamples` beyond on both sides; what it
   * does not hold counts as silence. All channels get the same filter. A span's result does not depend on its cut.
   */
  apply(sound: PlacedSound, change: SpectralChange, startSamples: number, count: number): Float64Array[]
}

/**
 * A zero-phase filter that changes the spectral envelope of a waveform at its own rate: short-time spectra (Hann
 * 30 ms, hop 5 ms) times exp(d / 2), each frame scaled back to its energy, overlap-added over the sum of windows.
 * d is linear over Hz between band centers and constant beyond them. d = 0 gives the sound back to rounding.
 * `filter` does the work: the kernel, or its plain twin.
 */
export function createDifferentialFilter(rateHz: number, filter: FilterKernel = filterFrames): DifferentialFilter {
  const shape = shapeOf(rateHz)
  const { size } = shape
  const width = shape.hann.length
  return {
    reachSamples: size / 2 + width,
    apply({ channels, firstSamples }, change, startSamples, count) {
      const hop = rateHz * FRAME_PERIOD_SEC
      const firstFrame = Math.max(0, Math.floor((startSamples - size / 2) / hop) - 1)
      const lastFrame = Math.min(change.frameCount - 1, Math.ceil((startSamples + count + size / 2) / hop) + 1)
      const frameCount = Math.max(0, lastFrame - firstFrame + 1)
      const centers = new Int32Array(frameCount)
      const levels = new Float64Array(frameCount)
      const differences = new Float64Array(frameCount * BAND_COUNT)
      for (let index = 0; index < frameCount; index++) {
        const frame = firstFrame + index
        centers[index] = secondsToSamples(frame * FRAME_PERIOD_SEC, rateHz) - firstSamples
        levels[index] = change.levelChange ? Math.exp(0.5 * change.levelChange[frame]) : 1
        change.readDifference(frame, differences.subarray(index * BAND_COUNT, (index + 1) * BAND_COUNT))
      }
      const keepsEnergy = change.keepsEnergy !== false
      const start = startSamples - firstSamples
      return filter(shape, { channels, centers, differences, levels, keepsEnergy, start, count })
    },
  }
}

const shapes = new Map<number, FilterShape>()

/** The shape of a rate: the same object each time, so that a kernel takes it over once. */
function shapeOf(rateHz: number): FilterShape {
  const known = shapes.get(rateHz)
  if (known !== undefined) return known
  const width = Math.floor(Math.trunc(rateHz * WINDOW_SEC) / 2) * 2
  const size = Math.max(16, 2 ** Math.ceil(Math.log2(width)))
  const made: FilterShape = {
    size,
    hann: Float64Array.from({ length: width }, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / width)),
    bandCount: BAND_COUNT,
    ...binInterpolation(size / 2 + 1, rateHz / size),
    greatestChange: GREATEST_CHANGE,
    leastScale: LEAST_SCALE,
    greatestScale: GREATEST_SCALE,
    energyFloor: ENERGY_FLOOR,
    leastWindowSum: LEAST_WINDOW_SUM,
  }
  shapes.set(rateHz, made)
  return made
}

/** Where each bin of a spectrum lies between the bands' centers; beyond the outer ones it is theirs. */
export function binInterpolation(binCount: number, binHz: number): Pick<FilterShape, 'lefts' | 'shares'> {
  const { centersHz } = melBands()
  const lefts = new Int32Array(binCount)
  const shares = new Float64Array(binCount)
  for (let bin = 0, band = 0; bin < binCount; bin++) {
    while (band < BAND_COUNT - 2 && centersHz[band + 1] < bin * binHz) band++
    lefts[bin] = band
    const fraction = (bin * binHz - centersHz[band]) / (centersHz[band + 1] - centersHz[band])
    shares[bin] = Math.min(Math.max(fraction, 0), 1)
  }
  return { lefts, shares }
}
