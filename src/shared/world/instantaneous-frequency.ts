import { roundHalfAway } from './constants.ts'

/** At most so many harmonics are measured. */
export const mostHarmonics = 6

/**
 * Measures, around one position, the amplitude and the instantaneous frequency at single bins of the spectrum under a
 * Blackman window of three periods: the heart of StoneMask and of Harvest's refinement (Flanagan's equation).
 */
export interface FrequencyMeter {
  /** The bins' spacing is fs / fftSize. */
  readonly fftSize: number
  /** Amplitude and instantaneous frequency in Hz of the bins given to the last `measure`. */
  readonly amplitudes: Float64Array
  readonly frequenciesHz: Float64Array
  /**
   * Places the window: `first` is the index of its first sample (clamped to the signal), `positionSamples` the exact
   * position in samples that the window is centered at.
   */
  place(first: number, positionSamples: number): void
  /** As `place` for a window whose samples need not follow one another. */
  placeAt(indices: Int32Array, positionSamples: number): void
  /** Measures bins[0 .. count - 1] under the placed window. */
  measure(bins: Int32Array, count: number): void
}

/** Half length of the window of three periods, in samples. */
export const halfWindowSamples = (f0Hz: number, fs: number): number => Math.floor((1.5 * fs) / f0Hz + 1)

/** Bin of the h-th harmonic. */
export const harmonicBin = (f0Hz: number, harmonic: number, fftSize: number, fs: number): number =>
  roundHalfAway(((f0Hz * fftSize) / fs) * harmonic)

/**
 * A meter for one window length 2 half + 1. Only the wanted bins are computed, by the sums that define them: the
 * numbers equal those of a whole transform of `fftSize`, the next power of two but one.
 */
export function createFrequencyMeter(signal: Float64Array, fs: number, half: number): FrequencyMeter {
  const length = 2 * half + 1
  const fftSize = 2 ** (2 + Math.floor(Math.log2(length)))
  const wave = waveTable(fftSize)
  const mask = fftSize - 1
  const quarter = fftSize / 4
  const samples = new Float64Array(length)
  const window = new Float64Array(length)
  const derivative = new Float64Array(length)
  // Sums and differences of the samples at equal distance from the window's middle, for both windows.
  const evenX = new Float64Array(half + 1)
  const oddX = new Float64Array(half + 1)
  const evenD = new Float64Array(half + 1)
  const oddD = new Float64Array(half + 1)
  const amplitudes = new Float64Array(mostHarmonics)
  const frequenciesHz = new Float64Array(mostHarmonics)
  let shapedFor = NaN

  const weight = (offset: number): number => {
    const angle = (2 * Math.PI * offset) / length
    return 0.42 + 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle)
  }

  function differentiate(): void {
    for (let i = 0; i < length; i++) {
      const before = i > 0 ? window[i - 1] : 0
      const after = i < length - 1 ? window[i + 1] : 0
      derivative[i] = (before - after) / 2
    }
  }

  function place(first: number, positionSamples: number): void {
    const offset = first - positionSamples
    if (offset !== shapedFor) {
      shapedFor = offset
      for (let i = 0; i < length; i++) window[i] = weight(offset + i)
      differentiate()
    }
    const last = signal.length - 1
    for (let i = 0; i < length; i++) samples[i] = signal[Math.min(Math.max(first + i, 0), last)]
    fold()
  }

  function placeAt(indices: Int32Array, positionSamples: number): void {
    shapedFor = NaN
    const last = signal.length - 1
    for (let i = 0; i < length; i++) {
      window[i] = weight(indices[i] - positionSamples)
      samples[i] = signal[Math.min(Math.max(indices[i], 0), last)]
    }
    differentiate()
    fold()
  }

  function fold(): void {
    for (let n = 0; n <= half; n++) {
      const right = samples[half + n]
      const left = samples[half - n]
      const rightX = right * window[half + n]
      const leftX = left * window[half - n]
      const rightD = right * derivative[half + n]
      const leftD = left * derivative[half - n]
      evenX[n] = rightX + leftX
      oddX[n] = rightX - leftX
      evenD[n] = rightD + leftD
      oddD[n] = rightD - leftD
    }
    evenX[0] /= 2
    evenD[0] /= 2
  }

  function keep(h: number, bin: number, reX: number, imX: number, reD: number, imD: number): void {
    const power = reX * reX + imX * imX
    const deviation = power === 0 ? 0 : (((reX * imD - imX * reD) / power) * fs) / (2 * Math.PI)
    amplitudes[h] = Math.sqrt(power)
    frequenciesHz[h] = power === 0 ? 0 : (bin * fs) / fftSize + deviation
  }

  /** Two bins in one pass share the loads; an odd count measures its last bin twice. */
  function measure(bins: Int32Array, count: number): void {
    for (let a = 0; a < count; a += 2) {
      const b = Math.min(a + 1, count - 1)
      const binA = bins[a]
      const binB = bins[b]
      let reXa = evenX[0]
      let imXa = 0
      let reDa = evenD[0]
      let imDa = 0
      let reXb = reXa
      let imXb = 0
      let reDb = reDa
      let imDb = 0
      for (let n = 1, turnA = binA, turnB = binB; n <= half; n++, turnA += binA, turnB += binB) {
        const cosineA = wave[(turnA + quarter) & mask]
        const sineA = wave[turnA & mask]
        const cosineB = wave[(turnB + quarter) & mask]
        const sineB = wave[turnB & mask]
        const xEven = evenX[n]
        const xOdd = oddX[n]
        const dEven = evenD[n]
        const dOdd = oddD[n]
        reXa += xEven * cosineA
        imXa -= xOdd * sineA
        reDa += dEven * cosineA
        imDa -= dOdd * sineA
        reXb += xEven * cosineB
        imXb -= xOdd * sineB
        reDb += dEven * cosineB
        imDb -= dOdd * sineB
      }
      keep(a, binA, reXa, imXa, reDa, imDa)
      keep(b, binB, reXb, imXb, reDb, imDb)
    }
  }

  return { fftSize, amplitudes, frequenciesHz, place, placeAt, measure }
}

const waveTables = new Map<number, Float64Array>()

/** One period of a sine in `size` points. */
function waveTable(size: number): Float64Array {
  const known = waveTables.get(size)
  if (known) return known
  const table = Float64Array.from({ length: size }, (_, i) => Math.sin((2 * Math.PI * i) / size))
  waveTables.set(size, table)
  return table
}
