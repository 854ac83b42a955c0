import { ALIGNED_BOOK, NOISE_BOOK, OPPOSED_BOOK, type ChannelStream } from './channel-stream.ts'
import type { BandSpan } from './dequantize.ts'

/** For each band of a pair with windows in common, by its scale factor: whether it was sent as sum and difference. */
export interface SumMask {
  readonly isSum: Uint8Array
  /** Told band by band; then it also turns a right channel that is the left one at another level. */
  readonly isChosen: boolean
}

/**
 * Undoes what two channels share, in place (ISO/IEC 14496-3, 4.6.8 and 4.6.13.3): sum and difference, a right channel
 * that is the left one at another level, and noise that is the same in both.
 */
export function partChannels(
  spectra: readonly [left: Float64Array, right: Float64Array],
  streams: readonly [left: ChannelStream, right: ChannelStream],
  spans: readonly BandSpan[],
  mask: SumMask,
): void {
  const [left, right] = spectra
  for (const { scaleIndex, from, to } of spans) {
    const leftBook = streams[0].books[scaleIndex]
    const rightBook = streams[1].books[scaleIndex]
    const isSum = mask.isSum[scaleIndex] === 1
    if (rightBook === ALIGNED_BOOK || rightBook === OPPOSED_BOOK) {
      const sign = (rightBook === OPPOSED_BOOK) !== (isSum && mask.isChosen) ? -1 : 1
      const factor = sign * 0.5 ** (0.25 * streams[1].scales[scaleIndex])
      for (let line = from; line < to; line++) right[line] = factor * left[line]
    } else if (leftBook === NOISE_BOOK && rightBook === NOISE_BOOK) {
      const factor = 2 ** (0.25 * (streams[1].scales[scaleIndex] - streams[0].scales[scaleIndex]))
      if (isSum) for (let line = from; line < to; line++) right[line] = factor * left[line]
    } else if (isSum && leftBook !== NOISE_BOOK && rightBook !== NOISE_BOOK) {
      for (let line = from; line < to; line++) {
        const sum = left[line] + right[line]
        right[line] = left[line] - right[line]
        left[line] = sum
      }
    }
  }
}
