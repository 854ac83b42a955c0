import { realFft } from '../../dsp/fft.ts'

/**
 * Turns `logAmplitude` (half spectrum) into the spectrum of the minimum-phase response, written to re and im:
 * the cepstrum is folded onto positive times.
 */
export function createMinimumPhase(fftSize: number) {
  const half = fftSize / 2
  const fft = realFft(fftSize)
  const cepstrum = new Float64Array(fftSize)
  const zeros = new Float64Array(half + 1)
  return (logAmplitude: Float64Array, re: Float64Array, im: Float64Array): void => {
    fft.inverse(logAmplitude, zeros, cepstrum)
    for (let i = 1; i < half; i++) cepstrum[i] *= 2
    cepstrum.fill(0, half + 1)
    fft.forward(cepstrum, re, im)
    for (let k = 0; k <= half; k++) {
      const amplitude = Math.exp(re[k])
      re[k] = amplitude * Math.cos(im[k])
      im[k] = amplitude * Math.sin(im[k])
    }
  }
}
