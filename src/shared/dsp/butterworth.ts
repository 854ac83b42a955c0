/** One second-order section: (b0 + b1 z⁻¹ + b2 z⁻²) / (1 + a1 z⁻¹ + a2 z⁻²). A first-order one has b2 = a2 = 0. */
export interface Section {
  readonly b0: number
  readonly b1: number
  readonly b2: number
  readonly a1: number
  readonly a2: number
}

/**
 * Butterworth low-pass of first or second order, −3 dB at `cutoffHz`, by the bilinear transform with prewarping.
 * Errors: the cutoff must lie between 0 and half the rate. Source: Oppenheim and Schafer, §7.1.
 */
export function butterworthLowPass(order: 1 | 2, cutoffHz: number, rateHz: number): readonly Section[] {
  const w = prewarp(cutoffHz, rateHz)
  if (order === 1) {
    const scale = 1 / (1 + w)
    return [{ b0: w * scale, b1: w * scale, b2: 0, a1: (w - 1) * scale, a2: 0 }]
  }
  const scale = 1 / (1 + Math.SQRT2 * w + w * w)
  const b0 = w * w * scale
  return [{ b0, b1: 2 * b0, b2: b0, a1: 2 * (w * w - 1) * scale, a2: (1 - Math.SQRT2 * w + w * w) * scale }]
}

/**
 * Butterworth high-pass of second order, −3 dB at `cutoffHz`: the low-pass turned round.
 * Errors: the cutoff must lie between 0 and half the rate. Source: Oppenheim and Schafer, §7.1.
 */
export function butterworthHighPass(cutoffHz: number, rateHz: number): Section {
  const w = prewarp(cutoffHz, rateHz)
  const scale = 1 / (1 + Math.SQRT2 * w + w * w)
  return { b0: scale, b1: -2 * scale, b2: scale, a1: 2 * (w * w - 1) * scale, a2: (1 - Math.SQRT2 * w + w * w) * scale }
}

/**
 * Butterworth band-pass made from a second-order low-pass (four poles, two sections), −3 dB at both edges.
 * Errors: 0 < low < high < rate / 2 is assumed. Source: Oppenheim and Schafer, §7.1 and appendix B.
 */
export function butterworthBandPass(lowHz: number, highHz: number, rateHz: number): readonly Section[] {
  const low = prewarp(lowHz, rateHz)
  const high = prewarp(highHz, rateHz)
  const width = high - low
  // The prototype's pole p becomes the roots of s² − p·width·s + low·high; the other pole gives their conjugates.
  const half = { re: (-Math.SQRT1_2 * width) / 2, im: (Math.SQRT1_2 * width) / 2 }
  const root = complexRoot(half.re * half.re - half.im * half.im - low * high, 2 * half.re * half.im)
  const poles = [
    { re: half.re + root.re, im: half.im + root.im },
    { re: half.re - root.re, im: half.im - root.im },
  ]
  // Each section takes one zero at DC and one at half the rate: gain `width` per section before the transform.
  return poles.map(({ re, im }) => {
    const squared = re * re + im * im
    const scale = 1 / (1 - 2 * re + squared)
    return {
      b0: width * scale,
      b1: 0,
      b2: -width * scale,
      a1: 2 * (squared - 1) * scale,
      a2: (1 + 2 * re + squared) * scale,
    }
  })
}

const prewarp = (frequencyHz: number, rateHz: number) => Math.tan((Math.PI * frequencyHz) / rateHz)

function complexRoot(re: number, im: number): { re: number; im: number } {
  const magnitude = Math.hypot(re, im)
  const rootRe = Math.sqrt((magnitude + re) / 2)
  const rootIm = Math.sqrt((magnitude - re) / 2)
  return { re: rootRe, im: im < 0 ? -rootIm : rootIm }
}
