import type { OpenScratch } from '../../base/scratch.ts'

/** One layer of a network over a whole file, float32, read and changed by pieces. */
export interface LayerRows {
  readonly channels: number
  readonly frameCount: number
  /** Copies `count` rows from `first` on into `x`, zeros outside the file. */
  load(first: number, count: number, x: Float64Array): void
  /** Adds to `count` rows from `first` on; rows of `values` are `stride` apart. */
  add(first: number, count: number, values: Float64Array, stride: number): void
}

/** Rows begin as zeros. */
export function createLayerRows(openScratch: OpenScratch, channels: number, frameCount: number): LayerRows {
  const scratch = openScratch(frameCount * channels)
  let buffer = new Float32Array(0)
  /** Rows `first … end` as they stand, in a buffer that the next piece takes again. */
  function rows(first: number, end: number): Float32Array {
    const length = (end - first) * channels
    if (buffer.length < length) buffer = new Float32Array(length)
    const piece = buffer.subarray(0, length)
    scratch.read(first * channels, piece)
    return piece
  }
  return {
    channels,
    frameCount,
    load(first, count, x) {
      const from = Math.max(first, 0)
      const to = Math.min(first + count, frameCount)
      x.fill(0)
      if (to > from) x.set(rows(from, to), (from - first) * channels)
    },
    add(first, count, values, stride) {
      const piece = rows(first, first + count)
      for (let index = 0; index < count; index++)
        for (let channel = 0; channel < channels; channel++)
          piece[index * channels + channel] += values[index * stride + channel]
      scratch.write(first * channels, piece)
    },
  }
}
