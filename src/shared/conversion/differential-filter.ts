import { createRealFft } from '../dsp/fft.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { secondsToSamples } from '../units/time.ts'
import { FRAME_PERIOD_SEC, melBands } from './features.ts'

const WINDOW_SEC = 0.03
/** ln of power: 24 dB either way. */
const GREATEST_CHANGE = 5.5
/** A filtered frame is brought back to the loudness it had, within these. */
const LEAST_SCALE = 0.35
const GREATEST_SCALE = 2.8
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
 */
export function createDifferentialFilter(rateHz: number): DifferentialFilter {
  const width = Math.floor(Math.trunc(rateHz * WINDOW_SEC) / 2) * 2
  const size = Math.max(2, 2 ** Math.ceil(Math.log2(width)))
  const fft = createRealFft(size)
  const binCount = size / 2 + 1
  const hann = Float64Array.from({ length: width }, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / width))
  const bins = binInterpolation(binCount, rateHz / size)
  const difference = new Float64Array(BAND_COUNT)
  const gain = new Float64Array(binCount)
  const frame = new Float64Array(size)
  const filtered = new Float64Array(size)
  const windowFirst = (size - width) / 2

  function loadGain(change: SpectralChange, index: number): void {
    change.readDifference(index, difference)
    for (let bin = 0; bin < binCount; bin++) {
      const left = bins.left[bin]
      const d = difference[left] * (1 - bins.weight[bin]) + difference[left + 1] * bins.weight[bin]
      gain[bin] = Math.exp(0.5 * Math.min(Math.max(d, -GREATEST_CHANGE), GREATEST_CHANGE))
    }
  }

  function loadFrame(channel: Float64Array, first: number): void {
    frame.fill(0)
    for (let index = 0; index < width; index++) {
      const at = first + index
      if (at >= 0 && at < channel.length) frame[windowFirst + index] = channel[at] * hann[index]
    }
  }

  return {
    reachSamples: size / 2 + width,
    apply({ channels, firstSamples }, change, startSamples, count) {
      const outputs = channels.map(() => new Float64Array(count))
      const windowSum = new Float64Array(count)
      const spectra = channels.map(() => ({ re: new Float64Array(binCount), im: new Float64Array(binCount) }))
      const hop = rateHz * FRAME_PERIOD_SEC
      const firstFrame = Math.max(0, Math.floor((startSamples - size / 2) / hop) - 1)
      const lastFrame = Math.min(change.frameCount - 1, Math.ceil((startSamples + count + size / 2) / hop) + 1)
      for (let index = firstFrame; index <= lastFrame; index++) {
        const center = secondsToSamples(index * FRAME_PERIOD_SEC, rateHz)
        loadGain(change, index)
        let before = 0
        let after = 0
        channels.forEach((channel, c) => {
          const { re, im } = spectra[c]
          loadFrame(channel, center - firstSamples - width / 2)
          fft.forward(frame, re, im)
          for (let bin = 0; bin < binCount; bin++) {
            before += re[bin] * re[bin] + im[bin] * im[bin]
            re[bin] *= gain[bin]
            im[bin] *= gain[bin]
            after += re[bin] * re[bin] + im[bin] * im[bin]
          }
        })
        const matched = Math.sqrt((before + ENERGY_FLOOR) / (after + ENERGY_FLOOR))
        const level = change.levelChange ? Math.exp(0.5 * change.levelChange[index]) : 1
        const held = change.keepsEnergy === false ? 1 : Math.min(Math.max(matched, LEAST_SCALE), GREATEST_SCALE)
        const scale = held * level
        channels.forEach((_, c) => {
          fft.inverse(spectra[c].re, spectra[c].im, filtered)
          addScaled(filtered, scale, outputs[c], center - size / 2 - startSamples)
        })
        addScaled(hann, 1, windowSum, center - width / 2 - startSamples)
      }
      for (const output of outputs)
        for (let index = 0; index < count; index++) output[index] /= Math.max(windowSum[index], LEAST_WINDOW_SUM)
      return outputs
    },
  }
}

/** Adds `values` into `output` from `offset` on, as far as it reaches. */
function addScaled(values: Float64Array, scale: number, output: Float64Array, offset: number): void {
  const first = Math.max(0, -offset)
  const end = Math.min(values.length, output.length - offset)
  for (let index = first; index < end; index++) output[offset + index] += scale * values[index]
}

function binInterpolation(binCount: number, binHz: number) {
  const { centersHz } = melBands()
  const left = new Int32Array(binCount)
  const weight = new Float64Array(binCount)
  for (let bin = 0, band = 0; bin < binCount; bin++) {
    while (band < BAND_COUNT - 2 && centersHz[band + 1] < bin * binHz) band++
    left[bin] = band
    const fraction = (bin * binHz - centersHz[band]) / (centersHz[band + 1] - centersHz[band])
    weight[bin] = Math.min(Math.max(fraction, 0), 1)
  }
  return { left, weight }
}
