/**
 * The voice's own buzz: the time derivative of the glottal flow after Fant, Liljencrants and Lin (1985, the "LF model"),
 * with its shape given by one number as in Fant (1995): R_d, .5 pressed … 2.7 breathy. Kept as tables of one period
 * that hold only harmonics under the Nyquist frequency, so that no pitch ever aliases.
 */
export interface GlottalTables {
  /**
   * @param phase position in the period, 0…1; 0 is the instant of closure, whatever the shape
   * @param pulse R_d of the moment
   * @param band from `bandFor`, for the pitch of the moment
   */
  read(phase: number, pulse: number, band: number): number
  bandFor(f0Hz: number): number
}

const TABLE_POINTS = 2048
const PULSES = [0.5, 0.7, 0.9, 1.15, 1.45, 1.8, 2.2, 2.6]
const BANDS_PER_OCTAVE = 4
const FEWEST_HARMONICS = 8
/** 48 kHz at 55 Hz needs 436; more would only repeat what the tract removes. */
const MOST_HARMONICS = 512
/** A harmonic may come this near to the Nyquist frequency. */
const NYQUIST_SHARE = 0.95

/** Tables for one sampling rate in Hz. */
export function createGlottalTables(rateHz: number): GlottalTables {
  const harmonicCounts = bandHarmonicCounts()
  const tables = PULSES.map((pulse) => bandLimitedPeriods(pulse, harmonicCounts))
  const topHz = (NYQUIST_SHARE * rateHz) / 2
  return {
    bandFor(f0Hz) {
      const octaves = Math.log2(Math.max(1, topHz / f0Hz) / FEWEST_HARMONICS)
      return Math.min(harmonicCounts.length - 1, Math.max(0, Math.floor(octaves * BANDS_PER_OCTAVE)))
    },
    read(phase, pulse, band) {
      let upper = 1
      while (upper < PULSES.length - 1 && PULSES[upper] < pulse) upper++
      const share = Math.min(1, Math.max(0, (pulse - PULSES[upper - 1]) / (PULSES[upper] - PULSES[upper - 1])))
      const lowValue = readPeriod(tables[upper - 1][band], phase)
      return lowValue + share * (readPeriod(tables[upper][band], phase) - lowValue)
    },
  }
}

function bandHarmonicCounts(): number[] {
  const counts = [FEWEST_HARMONICS]
  while (counts[counts.length - 1] < MOST_HARMONICS)
    counts.push(Math.floor(FEWEST_HARMONICS * 2 ** (counts.length / BANDS_PER_OCTAVE)))
  return counts
}

/** 4-point Hermite interpolation of a periodic table. */
function readPeriod(period: Float32Array, phase: number): number {
  const position = phase * TABLE_POINTS
  const index = Math.floor(position)
  const x = position - index
  const a = period[(index - 1) & (TABLE_POINTS - 1)]
  const b = period[index & (TABLE_POINTS - 1)]
  const c = period[(index + 1) & (TABLE_POINTS - 1)]
  const d = period[(index + 2) & (TABLE_POINTS - 1)]
  return b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)))
}

/** One period per harmonic count, each the sum of the first harmonics of the pulse with closure at phase 0. */
function bandLimitedPeriods(pulse: number, harmonicCounts: readonly number[]): Float32Array[] {
  const shape = liljencrantsFantShape(pulse)
  const exact = Float64Array.from({ length: TABLE_POINTS }, (_, point) => shape((point + 0.5) / TABLE_POINTS))
  const cosine = Float64Array.from({ length: TABLE_POINTS }, (_, k) => Math.cos((2 * Math.PI * k) / TABLE_POINTS))
  const quarter = TABLE_POINTS / 4
  const mask = TABLE_POINTS - 1
  const sum = new Float64Array(TABLE_POINTS)
  const periods: Float32Array[] = []
  let harmonic = 0
  for (const count of harmonicCounts) {
    while (harmonic < count) {
      harmonic++
      let re = 0
      let im = 0
      for (let point = 0; point < TABLE_POINTS; point++) {
        re += exact[point] * cosine[(harmonic * point) & mask]
        im += exact[point] * cosine[(harmonic * point - quarter) & mask]
      }
      const scale = 2 / TABLE_POINTS
      for (let point = 0; point < TABLE_POINTS; point++)
        sum[point] +=
          scale * (re * cosine[(harmonic * point) & mask] + im * cosine[(harmonic * point - quarter) & mask])
    }
    periods.push(Float32Array.from(sum))
  }
  return periods
}

/** The LF derivative over one period of length 1, excitation −1 at phase 0 (closure), open part before it. */
function liljencrantsFantShape(pulse: number): (phase: number) => number {
  const returnTime = (-1 + 4.8 * pulse) / 100 // R_a
  const skew = (22.4 + 11.8 * pulse) / 100 // R_k
  const growth = (skew * (0.5 + 1.2 * skew)) / (4 * (0.11 * pulse - returnTime * (0.5 + 1.2 * skew))) // R_g
  const peakTime = 1 / (2 * growth)
  const closure = peakTime * (1 + skew)
  const omega = Math.PI / peakTime
  const closed = 1 - closure
  // ε of the return phase: ε·t_a = 1 − exp(−ε·closed)
  const epsilon = bisect((e) => e * returnTime - 1 + Math.exp(-e * closed), 1e-3 / returnTime, 4 / returnTime)
  const floor = Math.exp(-epsilon * closed)
  const returnArea = -((1 - floor) / epsilon - closed * floor) / (epsilon * returnTime)
  // α of the open phase: the flow returns to where it began
  const openArea = (alpha: number) => {
    const end = alpha * Math.sin(omega * closure) - omega * Math.cos(omega * closure)
    return -(end + omega * Math.exp(-alpha * closure)) / ((alpha * alpha + omega * omega) * Math.sin(omega * closure))
  }
  const alpha = bisect((a) => openArea(a) + returnArea, -60, 120)
  return (phase) => {
    const time = phase < closed ? closure + phase : phase - closed
    if (time >= closure) return -(Math.exp(-epsilon * (time - closure)) - floor) / (epsilon * returnTime)
    return -(Math.exp(alpha * (time - closure)) * Math.sin(omega * time)) / Math.sin(omega * closure)
  }
}

/** A root between two places of different sign. */
function bisect(f: (x: number) => number, from: number, to: number): number {
  let low = from
  let high = to
  const lowIsPositive = f(low) > 0
  for (let round = 0; round < 80; round++) {
    const middle = 0.5 * (low + high)
    if (f(middle) > 0 === lowIsPositive) low = middle
    else high = middle
  }
  return 0.5 * (low + high)
}
