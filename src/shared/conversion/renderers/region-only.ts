import type { AnalysisSpan } from '../windows.ts'

/** Takes the sound of a span from its beginning on, in pieces, and hands on what lies in its region. */
export function regionOnly(
  { regionStartSamples, regionDurationSamples }: AnalysisSpan,
  write: (channels: Float64Array[]) => void,
): (channels: readonly Float64Array[]) => void {
  const regionEnd = regionStartSamples + regionDurationSamples
  let position = 0
  return (channels) => {
    const start = Math.max(regionStartSamples - position, 0)
    const end = Math.min(regionEnd - position, channels[0].length)
    if (end > start) write(channels.map((channel) => channel.subarray(start, end)))
    position += channels[0].length
  }
}
