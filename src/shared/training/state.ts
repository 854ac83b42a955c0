import type { RandomState } from '../base/random.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { AdamWState } from '../nn/adamw.ts'
import type { EarlyStopping } from './early-stopping.ts'
import { parseRandomState } from './stored-random.ts'
import { arrayOf, restoreOptimizer, stateNotWhole, storeOptimizer, type StoredState } from './stored-state.ts'

/** Everything that decides how a training goes on. */
export interface TrainingState {
  /** Steps done. */
  readonly step: number
  readonly history: EarlyStopping
  readonly random: RandomState
  readonly optimizer: AdamWState
  /** Of the best check, in the optimizer's layout. */
  readonly bestWeights: Float32Array | null
}

const OPTIMIZER = {
  weights: 'optimizer/weights',
  firstMoment: 'optimizer/first-moment',
  secondMoment: 'optimizer/second-moment',
}
const BEST = 'best/weights'

export function storeState(state: TrainingState): StoredState {
  const arrays = storeOptimizer(state.optimizer, OPTIMIZER)
  if (state.bestWeights !== null) arrays.set(BEST, state.bestWeights)
  const { bestStep, bestLoss, checksSinceBest } = state.history
  // JSON has no infinity: no check yet is null.
  const history = { bestStep, bestLoss: Number.isFinite(bestLoss) ? bestLoss : null, checksSinceBest }
  return { arrays, record: JSON.stringify({ step: state.step, history, random: state.random }) }
}

/** Reads a state back; the counterpart of `storeState`, refusing what it did not write. */
export function restoreState(stored: StoredState, parameterCount: number): Result<TrainingState> {
  const optimizer = restoreOptimizer(stored, parameterCount, OPTIMIZER)
  const record = parseRecord(stored.record)
  if (optimizer === null || record === null) return failed(stateNotWhole(parameterCount))
  return ok({ ...record, optimizer, bestWeights: arrayOf(stored.arrays, BEST, parameterCount) })
}

function parseRecord(text: string): Pick<TrainingState, 'step' | 'history' | 'random'> | null {
  try {
    // Checked field by field right below.
    const { step, history, random } = JSON.parse(text) as {
      step?: unknown
      history?: { bestStep?: unknown; bestLoss?: unknown; checksSinceBest?: unknown }
      random?: unknown
    }
    const state = parseRandomState(random)
    const numbers = [step, history?.bestStep, history?.checksSinceBest].map(Number)
    const areCounts = numbers.every((value) => Number.isInteger(value) && value >= 0)
    if (!areCounts || state === null) return null
    const bestLoss = history?.bestLoss === null ? Infinity : Number(history?.bestLoss)
    if (Number.isNaN(bestLoss)) return null
    return {
      step: numbers[0],
      history: { bestStep: numbers[1], bestLoss, checksSinceBest: numbers[2] },
      random: state,
    }
  } catch {
    return null // not JSON: the caller says what is wrong
  }
}
