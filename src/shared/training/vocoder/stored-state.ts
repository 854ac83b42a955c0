import { failure } from '../../base/errors.ts'
import { failed, ok, type Result } from '../../base/result.ts'
import { parseStepRecord } from '../stored-random.ts'
import type { VocoderTrainingState } from './trainer.ts'

/** A state as flat arrays and a line of text, for any container. */
export interface StoredVocoderState {
  readonly arrays: ReadonlyMap<string, Float32Array>
  readonly record: string
}

const OPTIMIZER = ['weights', 'firstMoment', 'secondMoment'] as const
const AVERAGE = 'average'

export function storeVocoderState({ optimizer, average, step, random }: VocoderTrainingState): StoredVocoderState {
  const arrays = new Map<string, Float32Array>(OPTIMIZER.map((name) => [name, optimizer[name]]))
  arrays.set(AVERAGE, average)
  return { arrays, record: JSON.stringify({ step, random }) }
}

/** Reads a state back; the counterpart of `storeVocoderState`, refusing what it did not write. */
export function restoreVocoderState(stored: StoredVocoderState, parameterCount: number): Result<VocoderTrainingState> {
  const [weights, firstMoment, secondMoment, average] = [...OPTIMIZER, AVERAGE].map((name) => {
    const found = stored.arrays.get(name)
    return found?.length === parameterCount ? found : null
  })
  const record = parseStepRecord(stored.record)
  if (!weights || !firstMoment || !secondMoment || !average || record === null) {
    const message = `The saved training is not whole, or belongs to a network of another size (${parameterCount} weights expected).`
    return failed(failure('checkpoint-invalid', message, 'Start the training anew.'))
  }
  return ok({ ...record, optimizer: { weights, firstMoment, secondMoment }, average })
}
