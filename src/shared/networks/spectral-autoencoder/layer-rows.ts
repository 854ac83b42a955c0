import type { OpenScratch } from '../../base/scratch.ts'

/** One layer of a network over a whole file, float32, read and changed by pieces. */
export interface LayerRows {
  readonly channels: number
  readonly frameCount: number
  /** Copies `count` rows from `first` on into `x`, zeros outside the file. */
  load(first: number, count: number, x: Float64Array): void
  /** Replaces `count` rows from `first` on; rows of `values` are `stride` apart. */
  store(first: number, count: number, values: Float64Array, stride: number): void
  /** Adds to `count` rows from `first` on; rows of `values` are `stride` apart. */
  add(first: number, count: number, values: Float64Array, stride: number): void
}

export function createLayerRows(openScratch: OpenScratch, channels: number, frameCount: number): LayerRows {
  const scratch = openScratch(frameCount * channels)
  let buffer = new Float32Array(0)
  /** Room for so many rows, which the next piece takes again. */
  function room(count: number): Float32Array {
    if (buffer.length < count * channels) buffer = new Float32Array(count * channels)
    return buffer.subarray(0, count * channels)
  }
  function rows(first: number, count: number): Float32Array {
    const piece = room(count)
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
      if (to > from) x.set(rows(from, to - from), (from - first) * channels)
    },
    store(first, count, values, stride) {
      const piece = room(count)
      for (let index = 0; index < count; index++)
        for (let channel = 0; channel < channels; channel++)
          piece[index * channels + channel] = values[index * stride + channel]
      scratch.write(first * channels, piece)
    },
    add(first, count, values, stride) {
      const piece = rows(first, count)
      for (let index = 0; index < count; index++)
        for (let channel = 0; channel < channels; channel++)
          piece[index * channels + channel] += values[index * stride + channel]
      scratch.write(first * channels, piece)
    },
  }
}

/** Numbers of a scratch in double precision. */
export interface Doubles {
  write(at: number, values: Float64Array): void
  read(at: number, output: Float64Array): void
}

/** Each double lies as the bits of two numbers: copies between arrays of one type keep bits (ECMA-262, 23.2.3.26). */
export function createDoubles(openScratch: OpenScratch, length: number): Doubles {
  const scratch = openScratch(2 * length)
  const halves = (values: Float64Array) => new Float32Array(values.buffer, values.byteOffset, 2 * values.length)
  return {
    write: (at, values) => scratch.write(2 * at, halves(values)),
    read: (at, output) => scratch.read(2 * at, halves(output)),
  }
}
