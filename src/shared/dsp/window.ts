/** Four-term Nuttall window with continuous first derivative, symmetric, `size` points (Nuttall 1981). */
export function nuttallWindow(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => {
    const angle = (2 * Math.PI * i) / (size - 1)
    return 0.355768 - 0.487396 * Math.cos(angle) + 0.144232 * Math.cos(2 * angle) - 0.012604 * Math.cos(3 * angle)
  })
}

/** Hann window over `size` inner points: its zeros lie one point outside of either end. */
export function innerHannWindow(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 1)) / (size + 1)))
}

/** Hann window as short-time spectra have it: periodic, its first point is 0. */
export const periodicHannWindow = (size: number): Float64Array => Float64Array.of(0, ...innerHannWindow(size - 1))
