import { realFft } from '../dsp/fft.ts'
import type { FilterKernel, FilterShape } from '../kernels/differential-filter.ts'

/**
 * The plain twin of the kernel `differential-filter`: short-time spectra of every frame times exp(d / 2), scaled back
 * to the frame's energy over all channels and to its level, overlap-added over the sum of windows.
 */
export const filterFrames: FilterKernel = (shape, frames) => {
  const { channels, centers, differences, levels, keepsEnergy, start, count } = frames
  const { size, hann, bandCount, leastScale, greatestScale, energyFloor, leastWindowSum } = shape
  const fft = realFft(size)
  const binCount = size / 2 + 1
  const gain = new Float64Array(binCount)
  const frame = new Float64Array(size)
  const spectra = channels.map(() => ({ re: new Float64Array(binCount), im: new Float64Array(binCount) }))
  const outputs = channels.map(() => new Float64Array(count))
  const windowSum = new Float64Array(count)
  centers.forEach((center, index) => {
    loadGain(shape, differences.subarray(index * bandCount, (index + 1) * bandCount), gain)
    let before = 0
    let after = 0
    channels.forEach((channel, c) => {
      const { re, im } = spectra[c]
      loadFrame(shape, channel, center - hann.length / 2, frame)
      fft.forward(frame, re, im)
      for (let bin = 0; bin < binCount; bin++) {
        before += re[bin] * re[bin] + im[bin] * im[bin]
        re[bin] *= gain[bin]
        im[bin] *= gain[bin]
        after += re[bin] * re[bin] + im[bin] * im[bin]
      }
    })
    const matched = Math.sqrt((before + energyFloor) / (after + energyFloor))
    const held = keepsEnergy ? Math.min(Math.max(matched, leastScale), greatestScale) : 1
    channels.forEach((_, c) => {
      fft.inverse(spectra[c].re, spectra[c].im, frame)
      addScaled(frame, held * levels[index], outputs[c], center - size / 2 - start)
    })
    addScaled(hann, 1, windowSum, center - hann.length / 2 - start)
  })
  for (const output of outputs)
    for (let index = 0; index < count; index++) output[index] /= Math.max(windowSum[index], leastWindowSum)
  return outputs
}

function loadGain({ lefts, shares, greatestChange }: FilterShape, difference: Float64Array, gain: Float64Array): void {
  for (let bin = 0; bin < gain.length; bin++) {
    const left = lefts[bin]
    const d = difference[left] * (1 - shares[bin]) + difference[left + 1] * shares[bin]
    gain[bin] = Math.exp(0.5 * Math.min(Math.max(d, -greatestChange), greatestChange))
  }
}

function loadFrame({ size, hann }: FilterShape, channel: Float64Array, first: number, frame: Float64Array): void {
  const margin = (size - hann.length) / 2
  frame.fill(0)
  for (let index = 0; index < hann.length; index++) {
    const at = first + index
    if (at >= 0 && at < channel.length) frame[margin + index] = channel[at] * hann[index]
  }
}

/** Adds `values` into `output` from `offset` on, as far as it reaches. */
function addScaled(values: Float64Array, scale: number, output: Float64Array, offset: number): void {
  const first = Math.max(0, -offset)
  const end = Math.min(values.length, output.length - offset)
  for (let index = first; index < end; index++) output[offset + index] += scale * values[index]
}
