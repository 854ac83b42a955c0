import type { OpenScratch } from '../base/scratch.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import type { SpectralChange } from './differential-filter.ts'
import { openFrameRows } from './frame-rows.ts'

/** The same change, in float32, found once for every frame: whoever tries it before making it reads it several times. */
export function writtenChange(change: SpectralChange, openScratch: OpenScratch): SpectralChange {
  const rows = openFrameRows(openScratch, change.frameCount)
  const row = new Float64Array(BAND_COUNT)
  for (let frame = 0; frame < change.frameCount; frame++) {
    change.readDifference(frame, row)
    rows.add(frame, row, 0)
  }
  return { ...change, readDifference: (frame, difference) => rows.read(frame, difference) }
}
