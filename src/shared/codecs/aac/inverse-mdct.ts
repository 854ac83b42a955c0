import { createComplexFft } from '../../dsp/complex-fft.ts'

/**
 * The inverse modified cosine transform of `lineCount` lines X to 2 · lineCount samples,
 * y[n] = 1 / lineCount · Σ X[k] cos(π / lineCount · (n + ½ + lineCount / 2)(k + ½)),
 * as a cosine transform of type IV by a complex Fourier transform of half the lines.
 */
export function createInverseMdct(lineCount: number): (lines: Float64Array, samples: Float64Array) => void {
  const half = lineCount / 2
  const fft = createComplexFft(half)
  const re = new Float64Array(half)
  const im = new Float64Array(half)
  const angle = (n: number) => (Math.PI * (n + 1 / 8)) / lineCount
  const cosines = Float64Array.from({ length: half }, (_, n) => Math.cos(angle(n)))
  const sines = Float64Array.from({ length: half }, (_, n) => Math.sin(angle(n)))
  const folded = new Float64Array(lineCount)

  return (lines, samples) => {
    for (let n = 0; n < half; n++) {
      const even = lines[2 * n]
      const odd = lines[lineCount - 1 - 2 * n]
      re[n] = even * cosines[n] + odd * sines[n]
      im[n] = odd * cosines[n] - even * sines[n]
    }
    fft.forward(re, im)
    for (let n = 0; n < half; n++) {
      folded[2 * n] = (re[n] * cosines[n] + im[n] * sines[n]) / lineCount
      folded[lineCount - 1 - 2 * n] = (re[n] * sines[n] - im[n] * cosines[n]) / lineCount
    }
    // A cosine transform of type IV goes on as its own mirror image, turned over.
    for (let n = 0; n < half; n++) {
      samples[n] = folded[half + n]
      samples[lineCount - 1 - n] = -samples[n]
      samples[lineCount + half + n] = -folded[n]
      samples[lineCount + half - 1 - n] = -folded[n]
    }
  }
}
