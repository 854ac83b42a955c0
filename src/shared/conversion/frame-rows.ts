import type { OpenScratch } from '../base/scratch.ts'
import type { Numbers } from '../dsp/numbers.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'

/** Rows held in memory at once. Whoever goes through the frames in order reads each page once. */
const PAGE_FRAMES = 512
const PAGE_LENGTH = PAGE_FRAMES * BAND_COUNT

/** 64 numbers per frame of a sound of any length. */
export interface FrameRows {
  readonly frameCount: number
  /** Writes the row of a frame to `output[offset …]`. */
  read(frame: number, output: Float64Array, offset?: number): void
}

/** Rows that begin as zeros and are summed up, in float32. */
export interface SummedRows extends FrameRows {
  /** Adds `share` times the 64 numbers from `values[offset]` on to the row of a frame. */
  add(frame: number, values: Numbers, offset: number, share?: number): void
}

/** Rows that lie in memory, [frames × 64]. */
export const rowsOf = (values: Numbers): FrameRows => ({
  frameCount: values.length / BAND_COUNT,
  read(frame, output, offset = 0) {
    const first = frame * BAND_COUNT
    for (let band = 0; band < BAND_COUNT; band++) output[offset + band] = values[first + band]
  },
})

/** Rows that lie in a scratch, of which one page at a time is held in memory. */
export function openFrameRows(openScratch: OpenScratch, frameCount: number): SummedRows {
  const scratch = openScratch(frameCount * BAND_COUNT)
  const buffer = new Float32Array(PAGE_LENGTH)
  let current = -1
  let isChanged = false

  const held = (page: number) => buffer.subarray(0, Math.min(PAGE_LENGTH, frameCount * BAND_COUNT - page * PAGE_LENGTH))
  /** Where the row of a frame begins in the buffer, which holds its page from now on. */
  function turnTo(frame: number): number {
    const page = Math.floor(frame / PAGE_FRAMES)
    if (page !== current) {
      if (isChanged) scratch.write(current * PAGE_LENGTH, held(current))
      scratch.read(page * PAGE_LENGTH, held(page))
      current = page
      isChanged = false
    }
    return (frame % PAGE_FRAMES) * BAND_COUNT
  }
  return {
    frameCount,
    read(frame, output, offset = 0) {
      const first = turnTo(frame)
      for (let band = 0; band < BAND_COUNT; band++) output[offset + band] = buffer[first + band]
    },
    add(frame, values, offset, share = 1) {
      const first = turnTo(frame)
      for (let band = 0; band < BAND_COUNT; band++) buffer[first + band] += share * values[offset + band]
      isChanged = true
    },
  }
}
