import { createInverseMdct } from './inverse-mdct.ts'
import type { WindowInfo } from './window-info.ts'

/** Samples of a frame. */
export const FRAME_SAMPLES = 1024
const SHORT_LINES = 128
/** Where the first of eight short windows begins in a frame of 2048 samples. */
const SHORT_START = 448

/** Spectra of one channel to its samples, frame after frame: each overlaps with the one before (ISO/IEC 14496-3, 4.6.11). */
export interface FilterBank {
  /** 1024 samples at the scale of 16-bit ones. */
  synthesize(spectrum: Float64Array, window: WindowInfo): Float64Array
}

export function createFilterBank(): FilterBank {
  const long = createInverseMdct(FRAME_SAMPLES)
  const short = createInverseMdct(SHORT_LINES)
  const overlap = new Float64Array(FRAME_SAMPLES)
  let wasKaiserBessel = false

  return {
    synthesize(spectrum, { sequence, isKaiserBessel }) {
      const rising = halfWindows(wasKaiserBessel)
      const falling = halfWindows(isKaiserBessel)
      const frame = new Float64Array(2 * FRAME_SAMPLES)
      if (sequence === 'short') addShortWindows(frame, spectrum, rising.short, falling.short)
      else {
        long(spectrum, frame)
        fadeIn(frame, sequence === 'stop' ? rising.short : rising.long)
        fadeOut(frame, sequence === 'start' ? falling.short : falling.long)
      }
      wasKaiserBessel = isKaiserBessel
      const samples = frame.slice(0, FRAME_SAMPLES).map((sample, at) => sample + overlap[at])
      overlap.set(frame.subarray(FRAME_SAMPLES))
      return samples
    },
  }

  function addShortWindows(frame: Float64Array, spectrum: Float64Array, first: Float64Array, half: Float64Array): void {
    const part = new Float64Array(2 * SHORT_LINES)
    for (let window = 0; window < 8; window++) {
      short(spectrum.subarray(window * SHORT_LINES, (window + 1) * SHORT_LINES), part)
      fadeIn(part, window === 0 ? first : half)
      fadeOut(part, half)
      const start = SHORT_START + window * SHORT_LINES
      for (let at = 0; at < part.length; at++) frame[start + at] += part[at]
    }
  }
}

/** The rise lies in the middle of the first half; nothing before it, all after it. */
function fadeIn(frame: Float64Array, rise: Float64Array): void {
  const start = (frame.length / 2 - rise.length) / 2
  frame.fill(0, 0, start)
  for (let at = 0; at < rise.length; at++) frame[start + at] *= rise[at]
}

function fadeOut(frame: Float64Array, rise: Float64Array): void {
  const end = frame.length - (frame.length / 2 - rise.length) / 2
  frame.fill(0, end)
  for (let at = 0; at < rise.length; at++) frame[end - 1 - at] *= rise[at]
}

interface HalfWindows {
  readonly long: Float64Array
  readonly short: Float64Array
}

const sines: HalfWindows = { long: sineRise(FRAME_SAMPLES), short: sineRise(SHORT_LINES) }
const kaiserBessels: HalfWindows = { long: kaiserBesselRise(FRAME_SAMPLES, 4), short: kaiserBesselRise(SHORT_LINES, 6) }
const halfWindows = (isKaiserBessel: boolean): HalfWindows => (isKaiserBessel ? kaiserBessels : sines)

function sineRise(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, at) => Math.sin((Math.PI * (at + 0.5)) / (2 * size)))
}

/** Kaiser and Bessel's derived window: the root of the running sum of a Kaiser window. */
function kaiserBesselRise(size: number, alpha: number): Float64Array {
  const kaiser = Float64Array.from({ length: size + 1 }, (_, at) =>
    bessel0(Math.PI * alpha * Math.sqrt(1 - ((2 * at) / size - 1) ** 2)),
  )
  const sum = kaiser.reduce((total, value) => total + value, 0)
  let running = 0
  return Float64Array.from({ length: size }, (_, at) => Math.sqrt((running += kaiser[at]) / sum))
}

/** The modified Bessel function of order zero, by its power series. */
function bessel0(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}
