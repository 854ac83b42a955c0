import { createDct } from '../dsp/dct.ts'
import { createRealFft } from '../dsp/fft.ts'
import { createMelBands, logMelPower } from '../dsp/mel.ts'
import type { Numbers } from '../dsp/numbers.ts'

/** Everything is judged at this rate, so that recordings of narrow and of wide band look alike. */
export const EMOTION_JUDGE_RATE_HZ = 16_000
const FFT_SIZE = 512
const HOP_SAMPLES = 160
const BANDS = 40
const HIGHEST_HZ = 7600
const COEFFICIENTS = 13
const FLOOR = 1e-9
/** Frames further under the loud ones (95th percentile) say more of the room than of the voice: ln of power, 30 dB. */
const ACTIVE_NEPERS = 6.9
/** Changes are taken over this many frames of 10 ms. */
const DELTA_FRAMES = 3
/** Pitch frames are of 5 ms; slopes are taken over 25 ms. */
const SLOPE_FRAMES = 5
const FEWEST_VOICED = 10

/**
 * What of a clip may tell its emotion, as one vector, null where hardly anything is voiced: level, spread, range and
 * movement of pitch; spread, range and movement of loudness; means, spreads and movements of mel-cepstra 1–12. Nothing
 * of the converter's own analysis is in it: `samples` at 16 kHz, `f0` in Hz per 5 ms by an independent tracker.
 */
export function expressiveStatistics(samples: Float32Array, f0: Numbers): number[] | null {
  const pitch = pitchStatistics(f0)
  const frames = activeCepstra(samples)
  if (pitch === null || frames.length <= 2 * DELTA_FRAMES) return null
  const track = (k: number) => frames.map((frame) => frame[k])
  const loudness = track(0)
  const [quiet, loud] = [quantile(loudness, 0.05), quantile(loudness, 0.95)]
  const result = [...pitch, Math.log(spread(loudness) + FLOOR), loud - quiet, Math.log(spread(changes(loudness)))]
  for (let k = 1; k < COEFFICIENTS; k++) {
    const values = track(k)
    result.push(mean(values), Math.log(spread(values)), Math.log(spread(changes(values))))
  }
  return result
}

function pitchStatistics(f0: Numbers): number[] | null {
  const octaves = Array.from(f0, (hz) => (hz > 0 ? Math.log2(hz) : NaN))
  const voiced = octaves.filter((value) => !Number.isNaN(value))
  if (voiced.length < FEWEST_VOICED) return null
  const slopes = octaves
    .slice(SLOPE_FRAMES)
    .map((value, frame) => value - octaves[frame])
    .filter((value) => !Number.isNaN(value))
  const third = Math.floor(voiced.length / 3)
  return [
    mean(voiced),
    Math.log(spread(voiced) + 1e-3),
    quantile(voiced, 0.95) - quantile(voiced, 0.05),
    quantile(voiced, 0.95),
    Math.log(slopes.length === 0 ? 1e-3 : mean(slopes.map(Math.abs)) + 1e-4),
    mean(voiced.slice(-third)) - mean(voiced.slice(0, third)),
  ]
}

function activeCepstra(samples: Float32Array): Float64Array[] {
  const bands = createMelBands(BANDS, HIGHEST_HZ, FFT_SIZE, EMOTION_JUDGE_RATE_HZ)
  const fft = createRealFft(FFT_SIZE)
  const dct = createDct(BANDS)
  const [re, im] = [new Float64Array(FFT_SIZE / 2 + 1), new Float64Array(FFT_SIZE / 2 + 1)]
  const window = Float64Array.from({ length: FFT_SIZE }, (_, index) => hann(index))
  const input = new Float64Array(FFT_SIZE)
  const logMel = new Float64Array(BANDS)
  const frames: Float64Array[] = []
  for (let start = 0; start + FFT_SIZE <= samples.length; start += HOP_SAMPLES) {
    for (let index = 0; index < FFT_SIZE; index++) input[index] = samples[start + index] * window[index]
    fft.forward(input, re, im)
    for (let bin = 0; bin < re.length; bin++) re[bin] = re[bin] * re[bin] + im[bin] * im[bin]
    logMelPower(bands, re, FLOOR, logMel, 0)
    const cepstra = new Float64Array(COEFFICIENTS)
    dct.forward(logMel, 0, cepstra, 0, COEFFICIENTS)
    cepstra[0] = Math.log(re.reduce((sum, power) => sum + power, FLOOR))
    frames.push(cepstra)
  }
  const loud = quantile(
    frames.map((frame) => frame[0]),
    0.95,
  )
  return frames.filter((frame) => frame[0] > loud - ACTIVE_NEPERS)
}

const hann = (index: number): number => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / FFT_SIZE)

const changes = (values: readonly number[]): number[] =>
  values.slice(DELTA_FRAMES).map((value, index) => value - values[index])

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function spread(values: readonly number[]): number {
  const center = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)))
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.length === 0 ? -Infinity : sorted[Math.round(share * (sorted.length - 1))]
}
