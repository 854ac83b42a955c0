import { createMarker } from '../../shared/watermark/marker.ts'
import type { Hertz } from '../../shared/units/time.ts'
import type { AudioWriter } from './audio-writer.ts'

/** A writer whose sound carries the mark of converted voices, at the same place and length. */
export function markingWriter(writer: AudioWriter, rateHz: Hertz, channelCount: number): AudioWriter {
  const marker = createMarker(rateHz, channelCount)
  return {
    abandon: () => writer.abandon(),
    write: (channels) => writer.write(marker.process(channels)),
    finish() {
      writer.write(marker.finish())
      return writer.finish()
    },
  }
}
