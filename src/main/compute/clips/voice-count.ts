import { throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'
import { mixDown, type SampleSource } from '../../../shared/conversion/sound.ts'
import { detectPolyphony, type PolyphonyReport } from '../../../shared/screening/polyphony.ts'

/** A long sound is judged by so many stretches, evenly over it: what is a choir is one everywhere. */
const STRETCHES = 6
const STRETCH_SEC = 10

/** Whether a sound holds more than one voice, by a minute of it at most. */
export function countVoices(source: SampleSource, progress: Progress): PolyphonyReport {
  const { rateHz, durationSamples } = source
  const stretch = Math.min(STRETCH_SEC * rateHz, Math.ceil(durationSamples / STRETCHES))
  const heard = new Float32Array(Math.min(durationSamples, STRETCHES * stretch))
  for (let index = 0, at = 0; at < heard.length; index++, at += stretch) {
    throwIfCancelled(progress)
    progress.report(index / STRETCHES, 'listening for other voices')
    const start = Math.floor((index * (durationSamples - stretch)) / Math.max(1, STRETCHES - 1))
    const count = Math.min(stretch, heard.length - at)
    heard.set(mixDown(source.read(Math.min(start, durationSamples - count), count)), at)
  }
  return detectPolyphony(heard, rateHz)
}
