import { failed, ok, type Result } from '../../base/result.ts'
import { parseStepRecord } from '../stored-random.ts'
import { arrayOf, restoreOptimizer, stateNotWhole, storeOptimizer, type StoredState } from '../stored-state.ts'
import type { VocoderTrainingState } from './trainer.ts'

const AVERAGE = 'average'

export const storeVocoderState = ({ optimizer, average, step, random }: VocoderTrainingState): StoredState => ({
  arrays: storeOptimizer(optimizer).set(AVERAGE, average),
  record: JSON.stringify({ step, random }),
})

/** Reads a state back; the counterpart of `storeVocoderState`, refusing what it did not write. */
export function restoreVocoderState(stored: StoredState, parameterCount: number): Result<VocoderTrainingState> {
  const optimizer = restoreOptimizer(stored, parameterCount)
  const average = arrayOf(stored.arrays, AVERAGE, parameterCount)
  const record = parseStepRecord(stored.record)
  if (optimizer === null || average === null || record === null) return failed(stateNotWhole(parameterCount))
  return ok({ ...record, optimizer, average })
}
