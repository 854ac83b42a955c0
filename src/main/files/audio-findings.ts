import { failure, FailureError } from '../../shared/base/errors.ts'
import { formatClock } from '../../shared/units/time.ts'
import type { Hertz, Samples } from '../../shared/units/time.ts'

/** What was met among the samples of an imported file. */
export interface AudioFindings {
  readonly durationSamples: Samples
  /** Samples at or beyond full scale. */
  readonly clippedSampleCount: number
  /** Share of the duration that is quieter than −60 dB. */
  readonly silentFraction: number
  /** Power of the mono sum against the mean power of both channels; 1 for mono, near 0 where they cancel. */
  readonly sumRatio: number
}

export interface AudioInspector {
  /** Throws FailureError (audio-not-finite) at the first sample that is no number. */
  push(channels: readonly Float32Array[]): void
  finish(): AudioFindings
}

/** The largest positive 16-bit sample is 32767/32768: whatever reaches it was cut there. */
const clippedFrom = 32_767 / 32_768
const silentBelowPower = 1e-6 // −60 dB
const windowSamples = 1024

export function createAudioInspector(rateHz: Hertz): AudioInspector {
  let durationSamples = 0
  let clippedSampleCount = 0
  let silentSamples = 0
  let windowPower = 0
  let windowFilled = 0
  let sumPower = 0
  let meanPower = 0

  function closeWindow(): void {
    if (windowPower < silentBelowPower * windowFilled) silentSamples += windowFilled
    windowPower = 0
    windowFilled = 0
  }
  return {
    push(channels) {
      const count = channels[0].length
      for (let index = 0; index < count; index++) {
        let sum = 0
        let power = 0
        for (const channel of channels) {
          const sample = channel[index]
          if (Math.abs(sample) >= clippedFrom) clippedSampleCount++
          sum += sample
          power += sample * sample
        }
        if (!Number.isFinite(power)) throw notFinite(durationSamples + index, rateHz)
        power /= channels.length
        meanPower += power
        sumPower += (sum / channels.length) ** 2
        windowPower += power
        if (++windowFilled === windowSamples) closeWindow()
      }
      durationSamples += count
    },
    finish() {
      closeWindow()
      return {
        durationSamples,
        clippedSampleCount,
        silentFraction: durationSamples === 0 ? 1 : silentSamples / durationSamples,
        sumRatio: meanPower === 0 ? 1 : sumPower / meanPower,
      }
    },
  }
}

function notFinite(position: Samples, rateHz: Hertz): FailureError {
  return new FailureError(
    failure(
      'audio-not-finite',
      `This file holds values that are no sound (not a number, or infinite), the first at ${formatClock(position / rateHz)}.`,
      'Export it again from the program that made it.',
    ),
  )
}
