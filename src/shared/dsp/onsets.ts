import { realFft } from './fft.ts'
import type { Numbers } from './numbers.ts'
import { periodicHannWindow } from './window.ts'

/**
 * SuperFlux (Böck and Widmer 2013, "Maximum filter vibrato suppression for onset detection"): how much louder each
 * quarter tone is than it and its neighbors were a moment before, summed. A vibrato moves energy to a neighbor and so
 * counts for nothing; a new note does not.
 */
const FRAMES_PER_SEC = 200
const WINDOW_SEC = 0.046
const BANDS_PER_OCTAVE = 24
const LOWEST_HZ = 27.5
const HIGHEST_HZ = 16_000
const HIGHEST_SHARE_OF_RATE = 0.48
/** Bands that a vibrato may reach to either side. */
const VIBRATO_BANDS = 1
/** A window's frames are compared where the earlier one's Hann window was at this height. */
const LAG_HEIGHT = 0.5
/** A sine of the sound's own peak has this magnitude, as one of full scale has in the published window of 2,048. */
const PEAK_MAGNITUDE = 512
/** Under −80 dB there is nothing to begin. */
const FAINTEST_PEAK = 1e-4

/** Peak picking, as published for 200 frames a second: local maximum, so far above the local mean, not twice within. */
const MAXIMUM_SEC = 0.03
const MEAN_BEFORE_SEC = 0.1
const MEAN_AFTER_SEC = 0.07
const APART_SEC = 0.06
/** Of the published 1.1 … 5, the value that suits voices: consonants rise slower than strings. */
export const ONSET_THRESHOLD = 2.5

export interface OnsetStrength {
  readonly framesPerSec: number
  /** At frame k, which stands at k / framesPerSec seconds. */
  readonly values: Float32Array
}

/** Where notes and syllables begin, in seconds, ascending. Mono sound at any rate from 8 kHz on. */
export function detectOnsets(samples: Numbers, rateHz: number, threshold = ONSET_THRESHOLD): number[] {
  const { values, framesPerSec } = onsetStrength(samples, rateHz)
  const frames = (seconds: number) => Math.round(seconds * framesPerSec)
  const [reach, before, after, apart] = [MAXIMUM_SEC, MEAN_BEFORE_SEC, MEAN_AFTER_SEC, APART_SEC].map(frames)
  const onsets: number[] = []
  let last = -Infinity
  for (let frame = 0; frame < values.length; frame++) {
    const isHighest = values[frame] === highest(values.subarray(Math.max(0, frame - reach), frame + reach + 1))
    if (!isHighest || values[frame] < mean(values.subarray(Math.max(0, frame - before), frame + after + 1)) + threshold)
      continue
    if (frame - last <= apart) continue
    onsets.push(frame / framesPerSec)
    last = frame
  }
  return onsets
}

/** How much begins at every 5 ms; 0 of silence. */
export function onsetStrength(samples: Numbers, rateHz: number): OnsetStrength {
  const frameCount = Math.floor((samples.length * FRAMES_PER_SEC) / rateHz) + 1
  const values = new Float32Array(frameCount)
  let peak = 0
  for (const value of samples) peak = Math.max(peak, Math.abs(value))
  if (!(peak >= FAINTEST_PEAK)) return { framesPerSec: FRAMES_PER_SEC, values }
  const spectra = createBandSpectra(rateHz, PEAK_MAGNITUDE / peak)
  const recent = Array.from({ length: spectra.lagFrames + 1 }, () => new Float64Array(spectra.bandCount))
  for (let frame = 0; frame < frameCount; frame++) {
    const current = recent[frame % recent.length]
    spectra.read(samples, Math.round((frame * rateHz) / FRAMES_PER_SEC), current)
    if (frame < spectra.lagFrames) continue
    const earlier = recent[(frame - spectra.lagFrames) % recent.length]
    for (let band = 0; band < spectra.bandCount; band++) {
      const from = Math.max(0, band - VIBRATO_BANDS)
      values[frame] += Math.max(0, current[band] - highest(earlier.subarray(from, band + VIBRATO_BANDS + 1)))
    }
  }
  return { framesPerSec: FRAMES_PER_SEC, values }
}

/** Logarithmic magnitudes of quarter-tone triangles, those too narrow for a bin of their own left out. */
function createBandSpectra(rateHz: number, gain: number) {
  const size = 2 ** Math.round(Math.log2(WINDOW_SEC * rateHz))
  const fft = realFft(size)
  const hann = periodicHannWindow(size)
  const scale = gain / (size / 4)
  const edges = bandEdges(size, rateHz)
  const input = new Float64Array(size)
  const [re, im] = [new Float64Array(size / 2 + 1), new Float64Array(size / 2 + 1)]
  // The published lag: from the window's middle to where the Hann window is at half its height.
  const lagSamples = size / 2 - (size * Math.acos(1 - 2 * LAG_HEIGHT)) / (2 * Math.PI)
  return {
    bandCount: edges.length - 2,
    lagFrames: Math.max(1, Math.round((lagSamples * FRAMES_PER_SEC) / rateHz)),
    read(samples: Numbers, center: number, output: Float64Array): void {
      for (let index = 0; index < size; index++)
        input[index] = scale * hann[index] * (samples[center - size / 2 + index] ?? 0)
      fft.forward(input, re, im)
      for (let band = 0; band + 2 < edges.length; band++) {
        const [left, middle, right] = [edges[band], edges[band + 1], edges[band + 2]]
        let sum = 0
        for (let bin = left + 1; bin < right; bin++) {
          const weight = bin <= middle ? (bin - left) / (middle - left) : (right - bin) / (right - middle)
          sum += weight * Math.hypot(re[bin], im[bin])
        }
        output[band] = Math.log10(1 + sum)
      }
    },
  }
}

/** Bins of quarter tones, each once. */
function bandEdges(size: number, rateHz: number): number[] {
  const highestHz = Math.min(HIGHEST_HZ, HIGHEST_SHARE_OF_RATE * rateHz)
  const count = Math.floor(BANDS_PER_OCTAVE * Math.log2(highestHz / LOWEST_HZ))
  const bins = Array.from({ length: count + 1 }, (_, index) =>
    Math.round((LOWEST_HZ * 2 ** (index / BANDS_PER_OCTAVE) * size) / rateHz),
  )
  return [...new Set(bins)]
}

function highest(values: Numbers): number {
  let result = -Infinity
  for (const value of values) if (value > result) result = value
  return result
}

function mean(values: Numbers): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
