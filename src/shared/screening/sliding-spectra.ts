import { realFft } from '../dsp/fft.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { periodicHannWindow } from '../dsp/window.ts'

/** Takes a sound in blocks and hands out the power spectrum of every window. */
export interface SlidingSpectra {
  /** Mono, any block length. */
  push(samples: Numbers): void
}

/** Called for every window; `power` is used again for the next. */
export type OnSpectrum = (power: Float64Array, frame: number) => void

/**
 * Hann windows of `size` samples (a power of two) every `hop` samples; a sine of amplitude 1 has power 0.25 at its bin,
 * white noise of variance v has 1.5 v / size. Windows that would reach past the end are left out.
 */
export function createSlidingSpectra(size: number, hop: number, onSpectrum: OnSpectrum): SlidingSpectra {
  const fft = realFft(size)
  const hann = periodicHannWindow(size)
  const [re, im] = [new Float64Array(size / 2 + 1), new Float64Array(size / 2 + 1)]
  const power = new Float64Array(size / 2 + 1)
  const input = new Float64Array(size)
  const held = new Float64Array(size)
  let heldCount = 0
  let skip = 0
  let frame = 0

  function emit(): void {
    for (let index = 0; index < size; index++) input[index] = held[index] * hann[index]
    fft.forward(input, re, im)
    const scale = 4 / (size * size)
    for (let bin = 0; bin < power.length; bin++) power[bin] = scale * (re[bin] * re[bin] + im[bin] * im[bin])
    onSpectrum(power, frame++)
  }
  return {
    push(samples) {
      for (let at = 0; at < samples.length;) {
        if (skip > 0) {
          const passed = Math.min(skip, samples.length - at)
          skip -= passed
          at += passed
          continue
        }
        const count = Math.min(size - heldCount, samples.length - at)
        held.set(samples.subarray(at, at + count), heldCount)
        heldCount += count
        at += count
        if (heldCount < size) continue
        emit()
        if (hop < size) held.copyWithin(0, hop)
        heldCount = Math.max(0, size - hop)
        skip = Math.max(0, hop - size)
      }
    },
  }
}

/** A power of two of samples that lasts about this long. */
export const windowSize = (seconds: number, rateHz: number): number => 2 ** Math.round(Math.log2(seconds * rateHz))
