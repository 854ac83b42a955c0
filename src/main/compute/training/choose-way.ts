import type { TrainingMethod } from '../../../shared/contract/library.ts'

/** A smaller difference of the error in disguise said nothing about whom judges heard (decision 19). */
const LEAST_GAIN = 0.02

interface Way {
  readonly method: TrainingMethod
  /** Null where nothing was compared. */
  readonly errorDb: number | null
}

/**
 * The way with the least error on phrases held back. The tuned base stays where the others are not clearly better: it
 * keeps more of the words. @param ways at least one
 */
export function chooseWay<Tried extends Way>(ways: readonly Tried[]): Tried {
  const errorOf = ({ errorDb }: Way) => errorDb ?? Infinity
  const best = ways.reduce((least, way) => (errorOf(way) < errorOf(least) ? way : least))
  const enrolled = ways.find(({ method }) => method === 'enroll')
  const isClear = enrolled === undefined || errorOf(best) <= errorOf(enrolled) * (1 - LEAST_GAIN)
  return isClear ? best : enrolled
}
