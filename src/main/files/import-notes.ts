import { audioKindNames } from '../../shared/formats/import/audio-kind.ts'
import type { Hertz } from '../../shared/units/time.ts'
import type { AudioFindings } from './audio-findings.ts'
import type { AudioStream } from './audio-stream/audio-stream.ts'

const mostlySilentFrom = 0.8
/** The mono sum 20 dB below its channels: they are the same with opposite sign. */
const cancelsBelow = 0.01

/** What the person should know about a file that came in, in plain words; nothing where there is nothing to say. */
export function importNotes(stream: AudioStream, findings: AudioFindings, rateHz: Hertz): string[] {
  const notes: string[] = []
  if (stream.rateHz !== rateHz) notes.push(`${formatKhz(stream.rateHz)} → ${formatKhz(rateHz)} kHz, converted once`)
  const isCutOff = stream.promisedSamples !== null && findings.durationSamples < stream.promisedSamples
  if (stream.isTruncated || isCutOff) {
    notes.push(`cut off: the first ${(findings.durationSamples / stream.rateHz).toFixed(2)} s could be read`)
  }
  if (!stream.isLengthExact) {
    notes.push(`this ${audioKindNames[stream.kind]} does not say how much silence its encoder added at start and end`)
  }
  if (findings.clippedSampleCount > 0) {
    notes.push(
      `clipped: ${findings.clippedSampleCount} sample${findings.clippedSampleCount === 1 ? '' : 's'} at full scale`,
    )
  }
  if (findings.silentFraction === 1) notes.push('nothing but silence')
  else if (findings.silentFraction > mostlySilentFrom)
    notes.push(`${Math.round(findings.silentFraction * 100)} % silence`)
  if (findings.sumRatio < cancelsBelow) notes.push('left and right cancel each other when summed to mono')
  return notes
}

const formatKhz = (rateHz: Hertz): string => String(rateHz / 1000)
