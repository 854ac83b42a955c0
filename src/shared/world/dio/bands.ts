import { realFft } from '../../dsp/fft.ts'
import { innerHannWindow, nuttallWindow } from '../../dsp/window.ts'
import type { DioBands } from '../../kernels/dio-search.ts'
import { roundHalfAway } from '../constants.ts'

const bandsPerOctave = 2
/** Hum and drift below are removed. */
const lowCutHz = 50
/** Of each transform a third or less goes to the filters' reach. */
const sizePerReach = 6

let latest: { readonly key: string; readonly bands: DioBands } | null = null

/** DIO's low-pass filters, half an octave apart; those of the last call are kept. */
export function dioBands(rateHz: number, f0FloorHz: number, f0CeilHz: number): DioBands {
  const key = `${rateHz} ${f0FloorHz} ${f0CeilHz}`
  if (latest?.key !== key) latest = { key, bands: createBands(rateHz, f0FloorHz, f0CeilHz) }
  return latest.bands
}

function createBands(rateHz: number, f0FloorHz: number, f0CeilHz: number): DioBands {
  const length = 1 + Math.floor(Math.log2(f0CeilHz / f0FloorHz) * bandsPerOctave)
  const boundariesHz = Float64Array.from({ length }, (_, b) => f0FloorHz * 2 ** ((b + 1) / bandsPerOctave))
  const lowCutHalf = roundHalfAway(rateHz / lowCutHz)
  const reach = lowCutHalf + 2 * lowPassHalf(boundariesHz[0], rateHz)
  const size = 2 ** Math.ceil(Math.log2(sizePerReach * reach))
  const bins = size / 2 + 1
  const gainsRe = new Float64Array(length * bins)
  const gainsIm = new Float64Array(length * bins)
  const lowCut = lowCutSpectrum(lowCutHalf, size)
  boundariesHz.forEach((boundaryHz, b) => {
    const re = gainsRe.subarray(b * bins, (b + 1) * bins)
    const im = gainsIm.subarray(b * bins, (b + 1) * bins)
    writeLowPass(lowPassHalf(boundaryHz, rateHz), size, re, im)
    for (let k = 0; k < bins; k++) {
      re[k] *= lowCut[k]
      im[k] *= lowCut[k]
    }
  })
  return { size, reach, boundariesHz, gainsRe, gainsIm }
}

/** A quarter of the low-pass filter's length: half a period of the boundary. */
const lowPassHalf = (boundaryHz: number, rateHz: number): number => roundHalfAway(rateHz / boundaryHz / 2)

/** A Nuttall window of 4 half points from 2 half samples before sample 0 on: its middle lies half a sample early. */
function writeLowPass(half: number, size: number, re: Float64Array, im: Float64Array): void {
  const response = new Float64Array(size)
  nuttallWindow(4 * half).forEach((value, i) => (response[(i - 2 * half + size) % size] = value))
  realFft(size).forward(response, re, im)
}

/** An impulse minus a Hann window of unit sum, symmetric around sample 0, so that the spectrum is real. */
function lowCutSpectrum(half: number, size: number): Float64Array {
  const response = new Float64Array(size)
  const window = innerHannWindow(2 * half + 1)
  const sum = window.reduce((total, value) => total + value, 0)
  for (let i = -half; i <= half; i++) response[i < 0 ? size + i : i] = -window[half + i] / sum
  response[0] += 1
  const re = new Float64Array(size / 2 + 1)
  realFft(size).forward(response, re, new Float64Array(size / 2 + 1))
  return re
}
