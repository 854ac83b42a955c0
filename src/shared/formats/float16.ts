/** Half precision (IEEE 754 binary16), rounded to nearest, ties to even; overflow becomes infinity. */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(1)
  const single = new Float32Array(bits.buffer)
  return Uint16Array.from(values, (value) => {
    single[0] = value
    return halfOf(bits[0])
  })
}

export function fromFloat16(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (half) => {
    const sign = half & 0x8000 ? -1 : 1
    const exponent = (half >> 10) & 0x1f
    const fraction = half & 0x3ff
    if (exponent === 0) return sign * fraction * 2 ** -24
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
  })
}

/** From the bits of a single. */
function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000
  const exponent = (bits >>> 23) & 0xff
  const fraction = bits & 0x7fffff
  if (exponent === 0xff) return sign | (fraction === 0 ? 0x7c00 : 0x7e00)
  const rebased = exponent - 127 + 15
  if (rebased >= 0x1f) return sign | 0x7c00
  if (rebased >= 1) return sign + roundedShift((rebased << 23) | fraction, 13)
  // Below the least normal half: the hidden one becomes part of the fraction.
  return rebased < -10 ? sign : sign + roundedShift(fraction | 0x800000, 14 - rebased)
}

/** value / 2^shift, ties to even; a carry runs into the exponent, as it should. */
function roundedShift(value: number, shift: number): number {
  const kept = value >>> shift
  const rest = value & ((1 << shift) - 1)
  const half = 1 << (shift - 1)
  return rest > half || (rest === half && kept % 2 === 1) ? kept + 1 : kept
}
