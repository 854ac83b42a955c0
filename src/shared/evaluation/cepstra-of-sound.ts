import { createDct } from '../dsp/dct.ts'
import { createRealFft } from '../dsp/fft.ts'
import { createMelBands, logMelPower } from '../dsp/mel.ts'

/**
 * Mel-frequency cepstral coefficients straight from the sound (Davis and Mermelstein 1980), with nothing of the
 * converter's analysis in them: the eyes of the independent judge.
 */
const COEFFICIENTS = 14
/** Finer color, of a whole recording: more of who it is than of what is said. */
const VOICE_COEFFICIENTS = 26
const BANDS = 40
/** Window and hop: 43 ms at 24 kHz, whatever the rate. */
const WINDOW_SEC = 0.0427
const HOP_SEC = 0.01
const FLOOR = 1e-10
const LEAST_SPREAD = 1e-6
const HIGHEST_HZ = 8000
/** Frames this far under the clip's loud ones are left out: 35 dB in nepers of power. */
const QUIET_NEPERS = 8
const DELTA_FRAMES = 4
/** A judged stretch. */
const SEGMENT_FRAMES = 150
const SEGMENT_HOP = 75

/** Of the statistics those that no fixed filter moves: the spreads without the means. */
export const withoutMeans = (values: readonly number[]): number[] => values.filter((_, index) => index % 3 !== 0)

/**
 * Statistics of stretches of 1.5 s of mono sound at `rateHz` (16,000 and up): means and spreads of cepstra 1–13 and the spreads of
 * their changes, 39 numbers each. A shorter sound is one stretch; silence gives none.
 */
export function soundStatistics(samples: Float32Array, rateHz: number): number[][] {
  const cepstra = loudCepstra(samples, rateHz)
  const segments: number[][] = []
  for (let start = 0; start === 0 || start + SEGMENT_FRAMES <= cepstra.length; start += SEGMENT_HOP) {
    const part = cepstra.slice(start, start + SEGMENT_FRAMES)
    if (part.length > 2 * DELTA_FRAMES) segments.push(statisticsOf(part))
  }
  return segments
}

/**
 * What lasts of a voice through a whole recording, as one vector: means of cepstra 1–25 and the logarithms of their
 * spreads, 50 numbers. Nothing of how fast anything moves. Null where nothing is heard. Mono sound at `rateHz`.
 */
export function voiceStatistics(samples: Float32Array, rateHz: number): number[] | null {
  const frames = loudCepstra(samples, rateHz, VOICE_COEFFICIENTS)
  if (frames.length === 0) return null
  return Array.from({ length: VOICE_COEFFICIENTS - 1 }, (_, index) => frames.map((frame) => frame[index + 1])).flatMap(
    (values) => [meanOf(values), Math.log(spreadOf(values) + LEAST_SPREAD)],
  )
}

function loudCepstra(samples: Float32Array, rateHz: number, count = COEFFICIENTS): Float64Array[] {
  const size = 2 ** Math.round(Math.log2(WINDOW_SEC * rateHz))
  const hop = Math.round(HOP_SEC * rateHz)
  const bands = createMelBands(BANDS, HIGHEST_HZ, size, rateHz)
  const fft = createRealFft(size)
  const dct = createDct(BANDS)
  const [re, im] = [new Float64Array(size / 2 + 1), new Float64Array(size / 2 + 1)]
  const input = new Float64Array(size)
  const logMel = new Float64Array(BANDS)
  const frames: Float64Array[] = []
  for (let start = 0; start + size <= samples.length; start += hop) {
    for (let index = 0; index < size; index++)
      input[index] = samples[start + index] * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / size))
    fft.forward(input, re, im)
    logMelPower(
      bands,
      re.map((value, bin) => value * value + im[bin] * im[bin]),
      FLOOR,
      logMel,
      0,
    )
    const cepstra = new Float64Array(count)
    dct.forward(logMel, 0, cepstra, 0, count)
    frames.push(cepstra)
  }
  const loudest = frames.reduce((highest, frame) => Math.max(highest, frame[0]), -Infinity)
  return frames.filter((frame) => frame[0] > loudest - QUIET_NEPERS * Math.sqrt(BANDS))
}

function statisticsOf(frames: readonly Float64Array[]): number[] {
  const result: number[] = []
  for (let k = 1; k < COEFFICIENTS; k++) {
    const values = frames.map((frame) => frame[k])
    const changes = values.slice(DELTA_FRAMES).map((value, index) => value - values[index])
    result.push(meanOf(values), spreadOf(values), spreadOf(changes))
  }
  return result
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function spreadOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)))
}
