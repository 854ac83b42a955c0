import { failed, ok, type Result } from '../../base/result.ts'
import type { RelganConfig } from '../../networks/relgan/config.ts'
import { initializeSingularVectors } from '../../networks/relgan/initialize.ts'
import { relganShapes } from '../../networks/relgan/parameters.ts'
import { createParameterLayout } from '../../nn/parameters.ts'
import { createRandom } from '../../base/random.ts'
import { parseStepRecord } from '../stored-random.ts'
import { restoreOptimizer, stateNotWhole, storeOptimizer, type StoredState } from '../stored-state.ts'
import type { RelganTrainingState } from './trainer.ts'

const VECTORS = 'singular-vectors/'

export function storeRelganState({ optimizer, singularVectors, step, random }: RelganTrainingState): StoredState {
  const arrays = storeOptimizer(optimizer)
  for (const [name, vector] of singularVectors) arrays.set(`${VECTORS}${name}`, vector)
  return { arrays, record: JSON.stringify({ step, random }) }
}

/** Reads a state back; the counterpart of `storeRelganState`, refusing what it did not write. */
export function restoreRelganState(stored: StoredState, config: RelganConfig): Result<RelganTrainingState> {
  const { count } = createParameterLayout(relganShapes(config))
  const optimizer = restoreOptimizer(stored, count)
  const record = parseStepRecord(stored.record)
  const singularVectors = vectorsOf(stored.arrays, config)
  if (optimizer === null || record === null || singularVectors === null) return failed(stateNotWhole(count))
  return ok({ ...record, optimizer, singularVectors })
}

/** None, or all of them at their lengths. */
function vectorsOf(
  arrays: ReadonlyMap<string, Float32Array>,
  config: RelganConfig,
): ReadonlyMap<string, Float32Array> | null {
  const found = new Map(
    [...arrays].flatMap(([name, values]) =>
      name.startsWith(VECTORS) ? [[name.slice(VECTORS.length), values] as const] : [],
    ),
  )
  if (found.size === 0) return found
  const expected = initializeSingularVectors(config, createRandom(0))
  const areAll =
    found.size === expected.size && [...expected].every(([name, { length }]) => found.get(name)?.length === length)
  return areAll ? found : null
}
