/** Shared by CheapTrick and D4C; every spectrum is a half spectrum of fftSize / 2 + 1 bins. */
export interface SpectrumShaping {
  /**
   * Adds to every bin up to f0 the spectrum mirrored at f0 / 2: the window's main lobe around 0 Hz takes the energy of
   * the missing lower side from there. In place.
   */
  correctDc(power: Float64Array, f0Hz: number): void
  /** Mean over a rectangle of `widthHz` around every bin, the spectrum mirrored at either end. In place. */
  smooth(spectrum: Float64Array, widthHz: number): void
}

export function createSpectrumShaping(fs: number, fftSize: number): SpectrumShaping {
  const half = fftSize / 2
  const binHz = fs / fftSize
  const replica = new Float64Array(half + 1)
  // A smoothing width may reach the Nyquist frequency.
  const cumulative = new Float64Array(3 * half + 3)

  function correctDc(power: Float64Array, f0Hz: number): void {
    const count = Math.min(1 + Math.floor((f0Hz * fftSize) / fs), half)
    for (let k = 0; k < count; k++) {
      const position = f0Hz / binHz - k
      const below = Math.floor(position)
      replica[k] = power[below] + (position - below) * (power[below + 1] - power[below])
    }
    for (let k = 0; k < count; k++) power[k] += replica[k]
  }

  function smooth(spectrum: Float64Array, widthHz: number): void {
    const boundary = Math.floor((widthHz * fftSize) / fs) + 1
    const length = half + 2 * boundary + 1
    let sum = 0
    for (let i = 0; i < length; i++) {
      const k = Math.abs(i - boundary)
      sum += spectrum[k > half ? 2 * half - k : k] * binHz
      cumulative[i] = sum
    }
    // The cumulative sum's value i stands at (i - boundary + 1/2) bins, so both edges lie at a fixed offset from k.
    const reach = widthHz / binHz / 2
    const low = boundary - 0.5 - reach
    const high = boundary - 0.5 + reach
    const lowAt = Math.floor(low)
    const highAt = Math.floor(high)
    const lowPart = low - lowAt
    const highPart = high - highAt
    for (let k = 0; k <= half; k++) {
      const a = cumulative[k + lowAt]
      const b = cumulative[k + highAt]
      const lower = a + lowPart * (cumulative[k + lowAt + 1] - a)
      const upper = b + highPart * (cumulative[k + highAt + 1] - b)
      spectrum[k] = (upper - lower) / widthHz
    }
  }

  return { correctDc, smooth }
}
