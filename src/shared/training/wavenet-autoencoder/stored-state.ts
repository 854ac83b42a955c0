import type { RandomState } from '../../base/random.ts'
import { failed, ok, type Result } from '../../base/result.ts'
import type { ParameterLayout } from '../../nn/parameters.ts'
import { parseRandomState } from '../stored-random.ts'
import { restoreOptimizer, stateNotWhole, storeOptimizer, type StoredState } from '../stored-state.ts'
import { augmentations, type Augmentation } from './augmentation.ts'
import type { Crop } from './crops.ts'
import type { WaveformTrainingState } from './trainer.ts'

/** Levels, which are whole numbers. */
const HEARD = 'translations/heard'

export function storeWaveformState(state: WaveformTrainingState): StoredState {
  const { optimizer, pending, step, translationSteps, sungAtStep, random } = state
  const arrays = storeOptimizer(optimizer)
  if (pending !== null) arrays.set(HEARD, Float32Array.from(pending.heard))
  const crops = pending?.crops ?? null
  return { arrays, record: JSON.stringify({ step, translationSteps, sungAtStep, random, crops }) }
}

/** Reads a state back; the counterpart of `storeWaveformState`, refusing what it did not write. */
export function restoreWaveformState(stored: StoredState, { count }: ParameterLayout): Result<WaveformTrainingState> {
  const optimizer = restoreOptimizer(stored, count)
  const record = parseRecord(stored.record)
  const heard = stored.arrays.get(HEARD)
  const heardCount = record?.crops?.reduce((sum, { sampleCount }) => sum + sampleCount, 0)
  if (optimizer === null || record === null || heard?.length !== heardCount) return failed(stateNotWhole(count))
  const { crops, ...rest } = record
  const pending = crops === null || heard === undefined ? null : { crops, heard: Uint8Array.from(heard) }
  return ok({ ...rest, optimizer, pending })
}

interface StateRecord {
  readonly step: number
  readonly translationSteps: number
  readonly sungAtStep: number | null
  readonly random: RandomState
  readonly crops: readonly Crop[] | null
}

function parseRecord(text: string): StateRecord | null {
  try {
    // Checked field by field right below.
    const { step, translationSteps, sungAtStep, random, crops } = JSON.parse(text) as Partial<
      Record<keyof StateRecord, unknown>
    >
    const state = parseRandomState(random)
    if (!isCount(step) || !isCount(translationSteps) || state === null) return null
    if (sungAtStep !== null && !isCount(sungAtStep)) return null
    if (crops !== null && !(Array.isArray(crops) && crops.every(isCrop))) return null
    return { step, translationSteps, sungAtStep, random: state, crops }
  } catch {
    return null // not JSON: the caller says what is wrong
  }
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0

function isCrop(value: unknown): value is Crop {
  // Checked field by field right below.
  const { clipIndex, start, sampleCount, augmentation } = (value ?? {}) as Partial<Record<keyof Crop, unknown>>
  return [clipIndex, start, sampleCount].every(isCount) && augmentations.includes(augmentation as Augmentation)
}
