import { realFft } from '../dsp/fft.ts'
import { periodicHannWindow } from '../dsp/window.ts'
import { BANDS, FRAME_SAMPLES } from '../networks/source-filter/config.ts'
import { decodeBands } from './band-aperiodicity.ts'
import type { VocoderFeatures } from './features.ts'
import { createNoise } from './noise.ts'
import { createPitchCourse, pulseTrain } from './pitch-source.ts'

const FFT_SIZE = 512
const WINDOW_SAMPLES = 2 * FRAME_SAMPLES
const hann = periodicHannWindow(WINDOW_SAMPLES)

/**
 * Excitation without a network: pulses and noise, mixed in each band as the aperiodicity says, of power 1 together. What
 * every trained vocoder has to be better than.
 */
export function mixedExcitation(
  features: VocoderFeatures,
  { sampleCount, seed }: { readonly sampleCount: number; readonly seed: number },
): Float64Array {
  const pulses = pulseTrain(createPitchCourse(features.f0)(0, sampleCount))
  const noise = createNoise(seed)(0, sampleCount)
  const output = new Float64Array(sampleCount)
  const ratios = new Float64Array(FFT_SIZE / 2 + 1)
  for (let frame = 0; frame < features.f0.length; frame++) {
    if (features.f0[frame] === 0) ratios.fill(1)
    else decodeBands(features.bands.subarray(frame * BANDS, (frame + 1) * BANDS), ratios)
    addFiltered(
      pulses,
      frame,
      ratios.map((ratio) => Math.sqrt(1 - ratio * ratio)),
      output,
    )
    addFiltered(noise, frame, ratios, output)
  }
  return output
}

/** Adds the stretch around a frame, windowed so that neighbors sum to one, through gains per bin without delay. */
function addFiltered(x: Float32Array, frame: number, gains: Float64Array, output: Float64Array): void {
  const fft = realFft(FFT_SIZE)
  const first = frame * FRAME_SAMPLES - FFT_SIZE / 2
  const stretch = new Float64Array(FFT_SIZE)
  for (let index = 0; index < WINDOW_SAMPLES; index++) {
    const at = (FFT_SIZE - WINDOW_SAMPLES) / 2 + index
    stretch[at] = hann[index] * (x[first + at] ?? 0)
  }
  const re = new Float64Array(gains.length)
  const im = new Float64Array(gains.length)
  fft.forward(stretch, re, im)
  for (let bin = 0; bin < gains.length; bin++) {
    re[bin] *= gains[bin]
    im[bin] *= gains[bin]
  }
  fft.inverse(re, im, stretch)
  for (let index = Math.max(-first, 0); index < Math.min(FFT_SIZE, output.length - first); index++)
    output[first + index] += stretch[index]
}
