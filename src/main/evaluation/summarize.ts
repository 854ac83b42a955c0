import { breathDistanceDb } from '../../shared/evaluation/index.ts'
import type { MeanFigure, SystemRow } from './evaluation-report.ts'
import { figures } from './figures.ts'
import type { PairFigures } from './measure-pair.ts'

/** What is summed up of a pair. */
export interface SummedPair {
  readonly target: string
  readonly figures: PairFigures
}

/** Means over the pairs for which a figure could be told. */
export function summarize(system: string, pairs: readonly SummedPair[]): SystemRow {
  return {
    system,
    n: pairs.length,
    figures: Object.fromEntries(
      figures.map(({ name }) => [
        name,
        name === 'octaveBreathDb' ? breathOfOctaves(pairs) : meanFigure(pairs.map(({ figures: own }) => own[name])),
      ]),
    ),
    nearChance: meanFigure(pairs.map(({ figures: own }) => own.nearChance))?.mean ?? null,
  }
}

/** One value for each target, of all their pairs together. */
function breathOfOctaves(pairs: readonly SummedPair[]): MeanFigure | null {
  const byTarget = Map.groupBy(pairs, ({ target }) => target)
  return meanFigure(
    [...byTarget.values()].map((own) =>
      breathDistanceDb(own.flatMap(({ figures: { octaveBreath } }) => (octaveBreath === null ? [] : [octaveBreath]))),
    ),
  )
}

function meanFigure(values: readonly (number | null)[]): MeanFigure | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : { mean: meanOf(known), error: errorOf(known), n: known.length }
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Standard error of the mean. */
function errorOf(values: readonly number[]): number {
  const mean = meanOf(values)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / Math.max(values.length - 1, 1) / values.length)
}
