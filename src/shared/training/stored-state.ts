import { failure, type Failure } from '../base/errors.ts'
import type { AdamWState } from '../nn/adamw.ts'

/** A training's state as flat arrays and a line of text, for any container. */
export interface StoredState {
  readonly arrays: ReadonlyMap<string, Float32Array>
  readonly record: string
}

type OptimizerNames = Readonly<Record<keyof AdamWState, string>>

const plainNames: OptimizerNames = { weights: 'weights', firstMoment: 'firstMoment', secondMoment: 'secondMoment' }

/** An optimizer's arrays by the names that they are stored under. */
export const storeOptimizer = (
  { weights, firstMoment, secondMoment }: AdamWState,
  names = plainNames,
): Map<string, Float32Array> =>
  new Map([
    [names.weights, weights],
    [names.firstMoment, firstMoment],
    [names.secondMoment, secondMoment],
  ])

/** The counterpart of `storeOptimizer`; null where one is missing or of another length. */
export function restoreOptimizer(
  { arrays }: StoredState,
  parameterCount: number,
  names = plainNames,
): AdamWState | null {
  const [weights, firstMoment, secondMoment] = [names.weights, names.firstMoment, names.secondMoment].map((name) =>
    arrayOf(arrays, name, parameterCount),
  )
  return weights && firstMoment && secondMoment && { weights, firstMoment, secondMoment }
}

/** A stored array, if it is there in its length. */
export function arrayOf(arrays: StoredState['arrays'], name: string, length: number): Float32Array | null {
  const found = arrays.get(name)
  return found?.length === length ? found : null
}

/** What is said of a stored state that something is missing of. */
export const stateNotWhole = (parameterCount: number): Failure =>
  failure(
    'checkpoint-invalid',
    `The saved training is not whole, or belongs to a network of another size (${parameterCount} weights expected).`,
    'Start the training anew.',
  )
