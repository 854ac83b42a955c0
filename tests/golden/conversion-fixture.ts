import { readFileSync } from 'node:fs'

/** Numbers of the reference implementation in numpy, scipy and pyworld; `origin` in the file names it. */
export interface ConversionFixture {
  readonly low_bands: number
  readonly centres_hz: number[]
  readonly mel_rows: Record<string, [number, number][]>
  readonly source: { readonly rate: number; signal_every_101: number[]; f0: number[]; lm: number[][] }
  readonly bank: { signal_every_101: number[]; f0: number[]; lm: number[][] }
  readonly mu: number[]
  readonly sd: number
  readonly v: number[]
  readonly energy: number[]
  readonly active: number[]
  readonly aux: number[][]
  readonly encoder_input_every_7: number[][]
  readonly warp: { log_warp: number[]; frame_40: number[] }
  readonly harmonic: { f0: number; frame_40: number[] }
  readonly z: number[][]
  readonly decoded_every_7: number[][]
  readonly bank_decoded_every_7: number[][]
  readonly neighbours_every_7: number[][]
  readonly gv: number[]
  readonly final_every_7: number[][]
  readonly d_every_7: number[][]
  readonly filtered_48k_every_37: number[]
  readonly transposed_5_semitones_48k_every_37: number[]
  readonly drawn_curve: number[]
  readonly drawn_48k_every_37: number[]
}

// The file is ours and beside this one: the interface above is its shape.
export const fixture = JSON.parse(
  readFileSync(new URL('./conversion.json', import.meta.url), 'utf8'),
) as ConversionFixture

export const everyNth = (values: ArrayLike<number>, step: number): number[] =>
  Array.from({ length: Math.ceil(values.length / step) }, (_, index) => values[index * step])

/** Largest absolute difference; infinite when the lengths differ. */
export function greatestDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Infinity
  let greatest = 0
  for (let index = 0; index < found.length; index++) {
    const difference = Math.abs(found[index] - expected[index])
    if (!(difference <= greatest)) greatest = difference
  }
  return greatest
}

/** The reference's test voice: a vowel that glides between two formant sets, vibrato, a pause, xorshift noise. */
export function referenceVoice(
  rateHz: number,
  durationSec: number,
  baseHz: number,
  formants: readonly (readonly [number, number])[],
  seed: number,
): Float64Array {
  const count = Math.floor(rateHz * durationSec)
  const x = new Float64Array(count)
  const harmonics = Math.floor(11_000 / baseHz)
  let word = seed >>> 0
  let phase = 0
  let peak = 0
  for (let n = 0; n < count; n++) {
    const t = n / rateHz
    const f0 = baseHz * 2 ** ((30 * Math.sin(2 * Math.PI * 5.5 * t) + 200 * Math.sin(2 * Math.PI * 0.7 * t)) / 1200)
    phase += f0 / rateHz
    const mix = 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / durationSec)
    let sum = 0
    for (let h = 1; h < harmonics; h++) {
      const f = h * f0
      if (f >= 11_000) continue
      let gain = 0
      formants.forEach(([a, b], k) => (gain += 10 ** (-k / 2) / (1 + ((f - (a + (b - a) * mix)) / 90) ** 2)))
      sum += ((gain + 0.002) / h ** 0.5) * Math.cos(2 * Math.PI * h * phase)
    }
    word = (word ^ (word << 13)) >>> 0
    word = (word ^ (word >>> 17)) >>> 0
    word = (word ^ (word << 5)) >>> 0
    const noise = word / 2 ** 31 - 1
    const gate =
      Math.min(Math.max(Math.min(t - 0.08, durationSec - 0.08 - t) * 40, 0), 1) *
      (1 - Math.exp(-(((t - 0.62 * durationSec) / 0.03) ** 2)))
    x[n] = (sum + 0.01 * noise) * gate
    peak = Math.max(peak, Math.abs(x[n]))
  }
  return x.map((value) => (value * 0.5) / peak)
}

export const sourceFormants = [
  [700, 300],
  [1200, 2300],
  [2600, 3000],
] as const
export const bankFormants = [
  [500, 650],
  [1500, 1000],
  [2400, 2500],
] as const
export const SOURCE_SEED = 2_463_534_242
export const BANK_SEED = 88_675_123
