import { createRealFft } from '../../src/shared/dsp/fft.ts'
import { innerHannWindow } from '../../src/shared/dsp/window.ts'

const WINDOW = 256
/** A step must not hide within a window. */
const APART = 160
const FLOOR = 1e-6

/** How much the spectrum changes around a sample: mean distance in dB of the windows before and behind it. */
export function spectralFluxAt(samples: Float32Array, sample: number): number {
  const before = powerOf(samples, sample - APART - WINDOW / 2)
  const behind = powerOf(samples, sample + APART - WINDOW / 2)
  const distances = before.map((power, bin) => Math.abs(10 * Math.log10((power + FLOOR) / (behind[bin] + FLOOR))))
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length
}

function powerOf(samples: Float32Array, from: number): Float64Array {
  const window = innerHannWindow(WINDOW)
  const part = Float64Array.from({ length: WINDOW }, (_, i) => (samples[from + i] ?? 0) * window[i])
  const [re, im] = [new Float64Array(WINDOW / 2 + 1), new Float64Array(WINDOW / 2 + 1)]
  createRealFft(WINDOW).forward(part, re, im)
  return re.map((value, bin) => value * value + im[bin] * im[bin])
}
