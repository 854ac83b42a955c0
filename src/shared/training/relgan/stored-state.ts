import { failure } from '../../base/errors.ts'
import { failed, ok, type Result } from '../../base/result.ts'
import type { RelganConfig } from '../../networks/relgan/config.ts'
import { initializeSingularVectors } from '../../networks/relgan/initialize.ts'
import { relganShapes } from '../../networks/relgan/parameters.ts'
import { createParameterLayout } from '../../nn/parameters.ts'
import { createRandom } from '../../base/random.ts'
import { parseStepRecord } from '../stored-random.ts'
import type { RelganTrainingState } from './trainer.ts'

/** A state as flat arrays and a line of text, for any container. */
export interface StoredRelganState {
  readonly arrays: ReadonlyMap<string, Float32Array>
  readonly record: string
}

const OPTIMIZER = ['weights', 'firstMoment', 'secondMoment'] as const
const VECTORS = 'singular-vectors/'

export function storeRelganState({ optimizer, singularVectors, step, random }: RelganTrainingState): StoredRelganState {
  const arrays = new Map<string, Float32Array>(OPTIMIZER.map((name) => [name, optimizer[name]]))
  for (const [name, vector] of singularVectors) arrays.set(`${VECTORS}${name}`, vector)
  return { arrays, record: JSON.stringify({ step, random }) }
}

/** Reads a state back; the counterpart of `storeRelganState`, refusing what it did not write. */
export function restoreRelganState(stored: StoredRelganState, config: RelganConfig): Result<RelganTrainingState> {
  const { count } = createParameterLayout(relganShapes(config))
  const [weights, firstMoment, secondMoment] = OPTIMIZER.map((name) => stored.arrays.get(name))
  const record = parseStepRecord(stored.record)
  const areWhole = [weights, firstMoment, secondMoment].every((array) => array?.length === count)
  const singularVectors = vectorsOf(stored.arrays, config)
  if (!areWhole || !weights || !firstMoment || !secondMoment || record === null || singularVectors === null) {
    const message = `The saved training is not whole, or belongs to a network of another size (${count} weights expected).`
    return failed(failure('checkpoint-invalid', message, 'Start the training anew.'))
  }
  return ok({ ...record, optimizer: { weights, firstMoment, secondMoment }, singularVectors })
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
