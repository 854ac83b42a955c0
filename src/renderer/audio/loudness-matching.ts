import { createLoudnessMeter, type LoudnessMeter } from '../../shared/dsp/loudness.ts'
import { dbToGain, type Gain } from '../../shared/units/level.ts'
import type { Samples } from '../../shared/units/time.ts'
import type { FloatAudio } from './float-wav.ts'

/** Beyond this something else is wrong, and a sound would be blown up to noise. */
const MOST_MATCHED_DB = 12
/** Measured without a pause; a second of sound takes a few milliseconds. */
const SLICE_SAMPLES = 48_000

/** What a sound is to be multiplied with to be as loud as another one; 1 where either has no loudness. */
export const matchingGain = (lufs: number | null, wantedLufs: number | null): Gain =>
  lufs === null || wantedLufs === null
    ? 1
    : dbToGain(Math.max(-MOST_MATCHED_DB, Math.min(MOST_MATCHED_DB, wantedLufs - lufs)))

/** Lets the window draw. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/**
 * Integrated loudness by ITU-R BS.1770, read and measured slice by slice with a pause after each: LUFS, or null of
 * silence and of what is too short to have a loudness.
 * @returns undefined where a slice can't be had
 */
export async function measureInSlices(
  read: (startSamples: Samples, endSamples: Samples) => Promise<FloatAudio | null>,
  startSamples: Samples,
  endSamples: Samples,
  pause: () => Promise<void> = nextTask,
): Promise<number | null | undefined> {
  let meter: LoudnessMeter | null = null
  for (let start = startSamples; start < endSamples; start += SLICE_SAMPLES) {
    const slice = await read(start, Math.min(endSamples, start + SLICE_SAMPLES))
    if (!slice) return undefined
    meter ??= createLoudnessMeter(slice.rateHz, slice.channels.length)
    meter.push(slice.channels)
    await pause()
  }
  return meter?.integratedLufs()
}
