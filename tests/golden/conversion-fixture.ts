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
