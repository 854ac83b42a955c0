import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import type { SpectralBank } from './singer-model.ts'

/** Two minutes: sixty seconds of real frames suffice, more than a hundred gain nothing and swell the file. */
export const MOST_STORED_FRAMES = 12_000
/** A shorter piece has too little around it to be pictured well. */
const SHORTEST_PIECE_FRAMES = 200

/** Keeps the middle of every clip, all shortened alike, so that the whole is at most `mostFrames` long. */
export function limitBank(bank: SpectralBank, mostFrames = MOST_STORED_FRAMES): SpectralBank {
  const total = bank.f0.length
  if (total <= mostFrames) return bank
  const spans: { readonly start: number; readonly count: number }[] = []
  let clipStart = 0
  let kept = 0
  for (const clipFrames of bank.clipFrameCounts) {
    const wanted = Math.max(Math.floor((clipFrames * mostFrames) / total), Math.min(SHORTEST_PIECE_FRAMES, clipFrames))
    const count = Math.min(wanted, mostFrames - kept)
    if (count > 0) spans.push({ start: clipStart + ((clipFrames - count) >> 1), count })
    kept += Math.max(count, 0)
    clipStart += clipFrames
  }
  const gather = (values: Float32Array, width: number) => {
    const result = new Float32Array(kept * width)
    let at = 0
    for (const { start, count } of spans) {
      result.set(values.subarray(start * width, (start + count) * width), at)
      at += count * width
    }
    return result
  }
  return {
    clipFrameCounts: spans.map(({ count }) => count),
    shapes: gather(bank.shapes, BAND_COUNT),
    f0: gather(bank.f0, 1),
    energy: gather(bank.energy, 1),
  }
}
