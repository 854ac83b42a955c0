/**
 * A filter of three taps gives two outputs by four products instead of six: F(2, 3) of Winograd (1980), as Lavin and
 * Gray (2016) use it for convolutions. The two lie a dilation apart, and so hear four inputs d₀ … d₃ together:
 * y₀ = m₀ + m₁ + m₂ and y₁ = m₁ − m₂ − m₃, where each m is one of `pairedTaps` times d₀ − d₂, d₁ + d₂, d₂ − d₁, d₁ − d₃.
 */
export const PAIR_PRODUCTS = 4

/** What a row's taps, the earliest first, are in the four products of its pair. */
export const pairedTaps = (g0: number, g1: number, g2: number): readonly number[] => [
  g0,
  (g0 + g1 + g2) / 2,
  (g0 - g1 + g2) / 2,
  g2,
]

/** Rows after which pairs of a dilation begin anew: half of them are first ones, the others their seconds. */
export const pairedRows = (dilation: number): number => 2 * dilation

/** Pairs that rows from a run's beginning on lie in. */
export function pairsOf(rows: number, dilation: number): number {
  const runs = Math.floor(rows / pairedRows(dilation))
  return runs * dilation + Math.min(rows - runs * pairedRows(dilation), dilation)
}

/** Is a row the later one of its pair? It depends on its place in the whole, so that a part has the bits of the whole. */
export const isSecondOfPair = (row: number, dilation: number): boolean => row % pairedRows(dilation) >= dilation
