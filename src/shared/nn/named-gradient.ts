import { keep, valueAndGrads, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { adamWStep, type AdamWOptions, type AdamWState } from './adamw.ts'
import { toTensors, type ParameterLayout, type TensorsByName } from './parameters.ts'
import { readTensors } from './scope.ts'

/** Slopes by parameter name, in compute layout. */
export type NamedGradient = ReadonlyMap<string, Float32Array>

/** What a computation gives besides the loss that is differentiated. */
export interface Computed {
  readonly loss: Scalar
  /** Terms, outputs: whatever is to be read as numbers too. */
  readonly more: readonly Tensor[]
}

/**
 * A loss, its gradient for the parameters that `isTrained` names, and what else was computed, as numbers.
 * @param prepare makes inputs, and turns the parameters into the computation; called once, outside of the gradient
 */
export async function namedGradient(
  layout: ParameterLayout,
  weights: Float32Array,
  isTrained: (name: string) => boolean,
  prepare: (parameters: TensorsByName) => (parameters: TensorsByName) => Computed,
): Promise<{ readonly loss: number; readonly more: readonly Float32Array[]; readonly gradient: NamedGradient }> {
  const names = layout.entries.map(({ name }) => name).filter(isTrained)
  const [[loss], ...rest] = await readTensors(() => {
    const parameters = toTensors(layout, weights)
    const compute = prepare(parameters)
    let kept: Tensor[] = []
    const { value, grads } = valueAndGrads((...trained: Tensor[]) => {
      const { loss, more } = compute(withTrained(parameters, names, trained))
      kept = more.map((one) => keep(one))
      return loss
    })(names.map((name) => tensorOf(parameters, name)))
    return [value, ...grads, ...kept]
  })
  const gradient = new Map(names.map((name, index) => [name, rest[index]]))
  return { loss, gradient, more: rest.slice(names.length) }
}

/** One update, in place, of the parameters that a gradient names; all others stay as they are, bit for bit. */
export function updateNamed(
  { entries }: ParameterLayout,
  state: AdamWState,
  gradient: NamedGradient,
  rate: number,
  stepNumber: number,
  options: AdamWOptions,
): void {
  for (const { name, offset, length } of entries) {
    const slope = gradient.get(name)
    if (slope === undefined) continue
    const part = (values: Float32Array) => values.subarray(offset, offset + length)
    const { weights, firstMoment, secondMoment } = state
    const entry = { weights: part(weights), firstMoment: part(firstMoment), secondMoment: part(secondMoment) }
    adamWStep(entry, slope, rate, stepNumber, options)
  }
}

const withTrained = (parameters: TensorsByName, names: readonly string[], trained: readonly Tensor[]): TensorsByName =>
  new Map([...parameters, ...names.map((name, index) => [name, trained[index]] as const)])

function tensorOf(parameters: TensorsByName, name: string): Tensor {
  const found = parameters.get(name)
  assert(found !== undefined, `parameter ${name} is missing`)
  return found
}
