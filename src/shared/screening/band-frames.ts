import { createMelBands } from '../dsp/mel.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { createSlidingSpectra, windowSize } from './sliding-spectra.ts'

/** What the examination of a clip looks at: ln of power in mel bands, a hundred times a second. */
export interface BandFrames {
  readonly frameCount: number
  /** [frames × `SCREENED_BANDS`] */
  readonly logPower: Float32Array
}

export const SCREENED_BANDS = 40
export const BAND_FRAMES_PER_SEC = 100
/** Where consonants end, and what every recording of a voice holds. */
const HIGHEST_HZ = 8000
/** Short, so that a sound that stops is seen to stop. */
const WINDOW_SEC = 0.0213
/** −130 dB: under the rounding of 16 bits in the narrowest band. */
const FLOOR = 1e-13
/** Room for ten seconds; grows by doubling. */
const FIRST_FRAMES = 1000

export interface BandFrameReader {
  push(mono: Numbers): void
  finish(): BandFrames
}

/** Reads mono sound in blocks, at any rate from 16 kHz on. Ten minutes become 10 MB. */
export function createBandFrameReader(rateHz: number): BandFrameReader {
  const size = windowSize(WINDOW_SEC, rateHz)
  const { weights, firstBins } = createMelBands(SCREENED_BANDS, HIGHEST_HZ, size, rateHz)
  let logPower = new Float32Array(FIRST_FRAMES * SCREENED_BANDS)
  let frameCount = 0
  const spectra = createSlidingSpectra(size, Math.round(rateHz / BAND_FRAMES_PER_SEC), (power) => {
    const start = frameCount++ * SCREENED_BANDS
    if (start === logPower.length) logPower = enlarged(logPower)
    for (let band = 0; band < SCREENED_BANDS; band++) {
      const weight = weights[band]
      const first = firstBins[band]
      let sum = 0
      for (let index = 0; index < weight.length; index++) sum += weight[index] * power[first + index]
      logPower[start + band] = Math.log(sum + FLOOR)
    }
  })
  return {
    push: (mono) => spectra.push(mono),
    finish: () => ({ frameCount, logPower: logPower.slice(0, frameCount * SCREENED_BANDS) }),
  }
}

function enlarged(values: Float32Array): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(2 * values.length)
  larger.set(values)
  return larger
}

/** Levels of frames: ln of the mean power over the bands. */
export function frameLevels({ frameCount, logPower }: BandFrames): Float32Array {
  const levels = new Float32Array(frameCount)
  for (let frame = 0; frame < frameCount; frame++) {
    let sum = 0
    for (let band = 0; band < SCREENED_BANDS; band++) sum += Math.exp(logPower[frame * SCREENED_BANDS + band])
    levels[frame] = Math.log(sum / SCREENED_BANDS)
  }
  return levels
}
