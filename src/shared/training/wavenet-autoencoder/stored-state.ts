import { failure } from '../../base/errors.ts'
import type { RandomState } from '../../base/random.ts'
import { failed, ok, type Result } from '../../base/result.ts'
import type { ParameterLayout } from '../../nn/parameters.ts'
import { parseRandomState } from '../stored-random.ts'
import { augmentations, type Augmentation } from './augmentation.ts'
import type { Crop } from './crops.ts'
import type { WaveformTrainingState } from './trainer.ts'

/** A state as flat arrays and a line of text, for any container. */
export interface StoredWaveformState {
  readonly arrays: ReadonlyMap<string, Float32Array>
  readonly record: string
}

const OPTIMIZER = ['weights', 'firstMoment', 'secondMoment'] as const
/** Levels, which are whole numbers. */
const HEARD = 'translations/heard'

export function storeWaveformState(state: WaveformTrainingState): StoredWaveformState {
  const { optimizer, pending, step, translationSteps, sungAtStep, random } = state
  const arrays = new Map<string, Float32Array>(OPTIMIZER.map((name) => [name, optimizer[name]]))
  if (pending !== null) arrays.set(HEARD, Float32Array.from(pending.heard))
  const crops = pending?.crops ?? null
  return { arrays, record: JSON.stringify({ step, translationSteps, sungAtStep, random, crops }) }
}

/** Reads a state back; the counterpart of `storeWaveformState`, refusing what it did not write. */
export function restoreWaveformState(
  stored: StoredWaveformState,
  { count }: ParameterLayout,
): Result<WaveformTrainingState> {
  const [weights, firstMoment, secondMoment] = OPTIMIZER.map((name) => stored.arrays.get(name))
  const record = parseRecord(stored.record)
  const heard = stored.arrays.get(HEARD)
  const areWhole = [weights, firstMoment, secondMoment].every((array) => array?.length === count)
  const heardCount = record?.crops?.reduce((sum, { sampleCount }) => sum + sampleCount, 0)
  if (!areWhole || !weights || !firstMoment || !secondMoment || record === null || heard?.length !== heardCount) {
    const message = `The saved training is not whole, or belongs to a network of another size (${count} weights expected).`
    return failed(failure('checkpoint-invalid', message, 'Start the training anew.'))
  }
  const { crops, ...rest } = record
  const pending = crops === null || heard === undefined ? null : { crops, heard: Uint8Array.from(heard) }
  return ok({ ...rest, optimizer: { weights, firstMoment, secondMoment }, pending })
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
