import { mul, tensor4d, type Tensor4D } from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/**
 * Which taps of a convolution over two axes may be read so that places are known one after the other, row by row and
 * from left to right (van den Oord et al. 2016): `A` hides the place itself, `B` shows it; the
 * others are the two halves of those: rows, and what stands in the place's own row.
 */
export type PixelMask = 'A' | 'B' | 'rows-above' | 'rows' | 'left' | 'left-and-itself'

/** 1 where a tap may be read, 0 elsewhere: [size][size], the upper rows first. */
export function pixelMask(size: number, mask: PixelMask): number[][] {
  const middle = Math.floor(size / 2)
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => (mayBeRead(row - middle, column - middle, mask) ? 1 : 0)),
  )
}

function mayBeRead(down: number, right: number, mask: PixelMask): boolean {
  switch (mask) {
    case 'A':
      return down < 0 || (down === 0 && right < 0)
    case 'B':
      return down < 0 || (down === 0 && right <= 0)
    case 'rows-above':
      return down < 0
    case 'rows':
      return down <= 0
    case 'left':
      return down === 0 && right < 0
    case 'left-and-itself':
      return down === 0 && right <= 0
  }
}

/**
 * A weight whose hidden taps are zero and stay so: they get no gradient.
 * @param weight [wide, high, in, out], as wide as high
 */
export function maskedWeight(weight: Tensor4D, mask: PixelMask): Tensor4D {
  const [size] = weight.shape
  const shown = pixelMask(size, mask)
  const columns = Array.from({ length: size * size }, (_, i) => shown[i % size][Math.floor(i / size)])
  return withGradient(
    [weight],
    () => {
      const factors = tensor4d(columns, [size, size, 1, 1])
      return { value: mul<Tensor4D>(weight, factors), saved: [factors] }
    },
    (dy, [factors]) => [mul(dy, factors)],
  )
}
