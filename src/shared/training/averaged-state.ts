import type { RandomState } from '../base/random.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { AdamWState } from '../nn/adamw.ts'
import { parseStepRecord } from './stored-random.ts'
import { arrayOf, restoreOptimizer, stateNotWhole, storeOptimizer, type StoredState } from './stored-state.ts'

/** Everything that decides how a training with a running mean of its weights goes on. */
export interface AveragedState {
  /** Steps done. */
  readonly step: number
  readonly random: RandomState
  readonly optimizer: AdamWState
  /** The running mean of the weights. */
  readonly average: Float32Array
}

const AVERAGE = 'average'

export const storeAveragedState = ({ optimizer, average, step, random }: AveragedState): StoredState => ({
  arrays: storeOptimizer(optimizer).set(AVERAGE, average),
  record: JSON.stringify({ step, random }),
})

/** Reads a state back; the counterpart of `storeAveragedState`, refusing what it did not write. */
export function restoreAveragedState(stored: StoredState, parameterCount: number): Result<AveragedState> {
  const optimizer = restoreOptimizer(stored, parameterCount)
  const average = arrayOf(stored.arrays, AVERAGE, parameterCount)
  const record = parseStepRecord(stored.record)
  if (optimizer === null || average === null || record === null) return failed(stateNotWhole(parameterCount))
  return ok({ ...record, optimizer, average })
}
