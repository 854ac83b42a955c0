/** Where the bands that share a scale factor begin, and where the last one ends (ISO/IEC 14496-3, tables 4.129 to 4.147). */
export interface BandLayout {
  /** Of one spectrum of 1024 lines. */
  readonly long: readonly number[]
  /** Of each of eight spectra of 128 lines. */
  readonly short: readonly number[]
  /** Bands that noise shaping may reach (table 4.156). */
  readonly shapedLong: number
  readonly shapedShort: number
}

/** Rates by their index in a stream's head. */
export const aacRatesHz = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350] // prettier-ignore

/** The layout of a rate; other rates have that of the nearest one in the standard's table 4.82. */
export function bandLayout(rateHz: number): BandLayout {
  const index = layoutFrom.findIndex((fromHz) => rateHz >= fromHz)
  return layouts[index]
}

/** The lowest rate of each layout. */
const layoutFrom = [92_017, 75_132, 55_426, 46_009, 37_566, 27_713, 23_004, 18_783, 13_856, 11_502, 9391, 0]

const edges = (...steps: readonly (readonly [width: number, count: number])[]): readonly number[] => {
  const from = [0]
  for (const [width, count] of steps) for (let band = 0; band < count; band++) from.push(from[from.length - 1] + width)
  return from
}

const long96 = edges([4, 14], [8, 5], [12, 5], [16, 2], [24, 1], [28, 1], [36, 1], [44, 1], [64, 11])
const long64 = edges([4, 14], [8, 4], [12, 3], [16, 3], [20, 1], [24, 2], [28, 1], [36, 1], [40, 18])
const long48 = edges([4, 10], [8, 7], [12, 4], [16, 2], [20, 2], [24, 2], [28, 2], [32, 19], [96, 1])
const long32 = edges([4, 10], [8, 7], [12, 4], [16, 2], [20, 2], [24, 2], [28, 2], [32, 22])
// prettier-ignore
const long24 = edges([4, 11], [8, 10], [12, 4], [16, 3], [20, 2], [24, 2], [28, 2], [32, 1], [36, 2], [40, 1], [44, 1], [48, 1], [52, 2], [64, 5])
// prettier-ignore
const long16 = edges([8, 11], [12, 9], [16, 4], [20, 3], [24, 2], [28, 2], [32, 1], [36, 1], [40, 2], [44, 1], [48, 1], [52, 1], [56, 1], [60, 1], [64, 3])
// prettier-ignore
const long8 = edges([12, 13], [16, 7], [20, 4], [24, 3], [28, 2], [32, 1], [36, 2], [40, 1], [44, 1], [48, 1], [52, 1], [56, 1], [60, 1], [64, 1], [80, 1])

const short64 = edges([4, 6], [8, 3], [16, 1], [28, 1], [36, 1])
const short48 = edges([4, 5], [8, 3], [12, 3], [16, 3])
const short24 = edges([4, 7], [8, 3], [12, 2], [16, 2], [20, 1])
const short16 = edges([4, 8], [8, 2], [12, 2], [16, 1], [20, 2])
const short8 = edges([4, 7], [8, 4], [12, 1], [16, 1], [20, 2])

const layouts: readonly BandLayout[] = [
  { long: long96, short: short64, shapedLong: 31, shapedShort: 9 },
  { long: long96, short: short64, shapedLong: 31, shapedShort: 9 },
  { long: long64, short: short64, shapedLong: 34, shapedShort: 10 },
  { long: long48, short: short48, shapedLong: 40, shapedShort: 14 },
  { long: long48, short: short48, shapedLong: 42, shapedShort: 14 },
  { long: long32, short: short48, shapedLong: 51, shapedShort: 14 },
  { long: long24, short: short24, shapedLong: 46, shapedShort: 14 },
  { long: long24, short: short24, shapedLong: 46, shapedShort: 14 },
  { long: long16, short: short16, shapedLong: 42, shapedShort: 14 },
  { long: long16, short: short16, shapedLong: 42, shapedShort: 14 },
  { long: long16, short: short16, shapedLong: 42, shapedShort: 14 },
  { long: long8, short: short8, shapedLong: 39, shapedShort: 14 },
]
