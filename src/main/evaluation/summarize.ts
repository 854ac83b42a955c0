import type { SystemRow } from './evaluation-report.ts'
import { figures } from './figures.ts'
import type { PairFigures } from './measure-pair.ts'

/** Means over the pairs for which a figure could be told. */
export function summarize(system: string, pairs: readonly PairFigures[]): SystemRow {
  return {
    system,
    n: pairs.length,
    figures: Object.fromEntries(
      figures.map(({ name }) => {
        const known = pairs.map((pair) => pair[name]).filter((value) => value !== null)
        return [name, known.length === 0 ? null : { mean: meanOf(known), error: errorOf(known), n: known.length }]
      }),
    ),
    nearChance: meanOrNull(pairs.map(({ nearChance }) => nearChance)),
  }
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function meanOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : meanOf(known)
}

/** Standard error of the mean. */
function errorOf(values: readonly number[]): number {
  const mean = meanOf(values)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / Math.max(values.length - 1, 1) / values.length)
}
