/** White noise of one seed, uniform within ± amplitude. */
export function hiss(length: number, seed: number, amplitude: number): Float64Array {
  let state = seed
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return amplitude * (state / 2 ** 31 - 1)
  })
}

/** A voice-like tone of up to 20 harmonics below 0.45 of the rate with a slow vibrato, over white noise. */
export function sung(f0Hz: number, length: number, fs: number, seed: number, noise: number): Float64Array {
  let phase = 0
  const harmonics = Math.max(1, Math.min(20, Math.floor((0.45 * fs) / f0Hz)))
  return hiss(length, seed, noise).map((value, i) => {
    phase += (2 * Math.PI * f0Hz * (1 + 0.02 * Math.sin((2 * Math.PI * 5 * i) / fs))) / fs
    let sum = 0
    for (let h = 1; h <= harmonics; h++) sum += Math.cos(h * phase) / h
    return value + 0.1 * sum
  })
}
