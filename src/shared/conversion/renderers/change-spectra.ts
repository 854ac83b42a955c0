import type { Numbers } from '../../dsp/numbers.ts'
import { BAND_COUNT } from '../../networks/spectral-autoencoder/config.ts'
import {
  binInterpolation,
  GREATEST_CHANGE,
  GREATEST_SCALE,
  LEAST_SCALE,
  type SpectralChange,
} from '../differential-filter.ts'
import type { VoicePiece } from './voice-pieces.ts'

/** Added to a frame's power before it is divided by another's. */
const POWER_FLOOR = 1e-12

/** What is done to analyzed frames before they are sung. */
export interface SpectraChange {
  readonly rateHz: number
  readonly fftSize: number
  /** Hz per frame, 0 unvoiced: what was heard, and what is to be sung. */
  readonly f0: Numbers
  readonly sungF0: Numbers
  readonly change: SpectralChange | null
  /** dB per frame by which the noise of voiced frames grows; null for none. */
  readonly breath: Numbers | null
  /** Mean power of a bin under which a frame is silent. */
  readonly silentPower: number
}

/**
 * Changes the spectra of pieces in place, as the filter would have changed the sound: envelopes times exp(d), each frame
 * brought back to the power it was heard with, all channels alike. What is silent becomes noise of power 0.
 */
export function createSpectraChange({ rateHz, fftSize, f0, sungF0, change, breath, silentPower }: SpectraChange) {
  const binCount = fftSize / 2 + 1
  const binHz = rateHz / fftSize
  const { lefts, shares } = binInterpolation(binCount, binHz)
  const difference = new Float64Array(BAND_COUNT)

  /** Under half its pitch an envelope is a guess that no harmonic sounds with. */
  const soundingPower = (envelopes: readonly Float64Array[], hz: number): number =>
    powerFrom(envelopes, Math.round(hz / 2 / binHz))

  function changeEnvelopes(envelopes: readonly Float64Array[], frame: number): void {
    const before = soundingPower(envelopes, f0[frame])
    if (change) {
      change.readDifference(frame, difference)
      for (let bin = 0; bin < binCount; bin++) {
        const left = lefts[bin]
        const d = difference[left] * (1 - shares[bin]) + difference[left + 1] * shares[bin]
        const gain = Math.exp(Math.min(Math.max(d, -GREATEST_CHANGE), GREATEST_CHANGE))
        for (const envelope of envelopes) envelope[bin] *= gain
      }
    }
    const matched = Math.sqrt((before + POWER_FLOOR) / (soundingPower(envelopes, sungF0[frame]) + POWER_FLOOR))
    const held = change?.keepsEnergy === false ? 1 : Math.min(Math.max(matched, LEAST_SCALE), GREATEST_SCALE)
    const level = held * held * Math.exp(change?.levelChange?.[frame] ?? 0)
    for (const envelope of envelopes) for (let bin = 0; bin < binCount; bin++) envelope[bin] *= level
  }

  return ({ startFrame, rowCount, channels }: VoicePiece): void => {
    for (let row = 0; row < rowCount; row++) {
      const frame = startFrame + row
      const [at, end] = [row * binCount, (row + 1) * binCount]
      changeEnvelopes(
        channels.map(({ power }) => power.subarray(at, end)),
        frame,
      )
      for (const { power, aperiodicity } of channels) {
        const envelope = power.subarray(at, end)
        const ratios = aperiodicity.subarray(at, end)
        if (breath && sungF0[frame] > 0) addBreath(envelope, ratios, 10 ** (breath[frame] / 10))
        if (powerFrom([envelope], 0) >= silentPower * binCount) continue
        envelope.fill(0)
        ratios.fill(1)
      }
    }
  }
}

/** Changes the power of a frame's noise by a factor and leaves what is periodic. */
function addBreath(envelope: Float64Array, ratios: Float64Array, factor: number): void {
  for (let bin = 0; bin < envelope.length; bin++) {
    const noise = envelope[bin] * ratios[bin] * ratios[bin]
    const whole = envelope[bin] + (factor - 1) * noise
    ratios[bin] = whole > 0 ? Math.sqrt((factor * noise) / whole) : 1
    envelope[bin] = whole
  }
}

function powerFrom(envelopes: readonly Float64Array[], firstBin: number): number {
  let sum = 0
  for (const envelope of envelopes) for (let bin = firstBin; bin < envelope.length; bin++) sum += envelope[bin]
  return sum
}
