import { realFft } from '../../dsp/fft.ts'
import { innerHannWindow } from '../../dsp/window.ts'
import { safeguard } from '../constants.ts'
import type { Normals } from '../random.ts'
import { createMinimumPhase } from './minimum-phase.ts'

/** Above this squared aperiodicity at 0 Hz a frame has no periodic part. */
const mostAperiodic = 0.999
/** Keeps the logarithm of an empty bin finite. */
const leastPower = 1e-300

export interface PulseInput {
  /** Power and squared aperiodicity at the pulse, half spectra. */
  readonly power: Float64Array
  readonly noiseShare: Float64Array
  readonly isVoiced: boolean
  /** How much later than its sample the pulse lies. */
  readonly shiftSamples: number
  /** Samples until the next pulse: so long does its noise last. */
  readonly noiseSamples: number
}

/**
 * The response to one pulse, `fftSize` samples, the pulse just before their middle: a periodic part of minimum phase
 * and a part of noise shaped likewise. The returned array is reused.
 */
export function createPulseResponse(fftSize: number, noise: Normals) {
  const half = fftSize / 2
  const fft = realFft(fftSize)
  const minimumPhase = createMinimumPhase(fftSize)
  const dcRemover = unitSum(innerHannWindow(fftSize))
  const logAmplitude = new Float64Array(half + 1)
  const re = new Float64Array(half + 1)
  const im = new Float64Array(half + 1)
  const noiseRe = new Float64Array(half + 1)
  const noiseIm = new Float64Array(half + 1)
  const samples = new Float64Array(fftSize)
  const response = new Float64Array(fftSize)

  function addPeriodic({ power, noiseShare, shiftSamples, noiseSamples }: PulseInput): void {
    for (let k = 0; k <= half; k++) {
      logAmplitude[k] = Math.log(power[k] * (1 - noiseShare[k]) + safeguard) / 2
    }
    minimumPhase(logAmplitude, re, im)
    delay(re, im, (2 * Math.PI * shiftSamples) / fftSize)
    fft.inverse(re, im, samples)
    let sum = 0
    for (let i = 0; i < half; i++) sum += samples[i]
    const level = Math.sqrt(noiseSamples)
    for (let i = 0; i < half; i++) {
      response[i] -= level * sum * dcRemover[i]
      response[half + i] += level * (samples[i] - sum * dcRemover[half + i])
    }
  }

  function addNoise({ power, noiseShare, isVoiced, noiseSamples }: PulseInput): void {
    for (let k = 0; k <= half; k++) {
      const noisePower = isVoiced ? power[k] * noiseShare[k] : power[k]
      logAmplitude[k] = Math.log(Math.max(noisePower, leastPower)) / 2
    }
    minimumPhase(logAmplitude, re, im)
    fillNoise(samples, Math.min(noiseSamples, fftSize), noise)
    fft.forward(samples, noiseRe, noiseIm)
    for (let k = 0; k <= half; k++) {
      const real = re[k] * noiseRe[k] - im[k] * noiseIm[k]
      im[k] = re[k] * noiseIm[k] + im[k] * noiseRe[k]
      re[k] = real
    }
    fft.inverse(re, im, samples)
    for (let i = 0; i < half; i++) {
      response[i] += samples[half + i]
      response[half + i] += samples[i]
    }
  }

  return (input: PulseInput): Float64Array => {
    response.fill(0)
    if (input.isVoiced && input.noiseShare[0] <= mostAperiodic) addPeriodic(input)
    addNoise(input)
    return response
  }
}

/** Multiplies by exp(-i k angle). */
function delay(re: Float64Array, im: Float64Array, angle: number): void {
  for (let k = 0; k < re.length; k++) {
    const cosine = Math.cos(angle * k)
    const sine = Math.sin(angle * k)
    const real = re[k] * cosine + im[k] * sine
    im[k] = im[k] * cosine - re[k] * sine
    re[k] = real
  }
}

function fillNoise(samples: Float64Array, count: number, noise: Normals): void {
  samples.fill(0, count)
  let sum = 0
  for (let i = 0; i < count; i++) {
    samples[i] = noise.next()
    sum += samples[i]
  }
  for (let i = 0; i < count; i++) samples[i] -= sum / count
}

function unitSum(window: Float64Array): Float64Array {
  const sum = window.reduce((total, value) => total + value, 0)
  return window.map((value) => value / sum)
}
