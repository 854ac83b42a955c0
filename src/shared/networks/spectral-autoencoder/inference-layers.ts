import { assert } from '../../base/assert.ts'
import { packConvolution, type PackedConvolution } from '../../dsp/packed-convolution.ts'
import type { NamedTensor, Parameters } from './parameters.ts'

/** Writes rows `first … first + count − 1` into `output`, frame-major. */
export type ReadRows = (first: number, count: number, output: Float64Array) => void

/** The convolution stored as `<name>/weight` and `<name>/bias`. */
export const convolutionLayer = (parameters: Parameters, name: string): PackedConvolution =>
  packConvolution(tensor(parameters, `${name}/weight`), tensor(parameters, `${name}/bias`))

/** `<name>/weight` [out, in] times a vector, plus `<name>/bias`: what a singer's row adds to every frame. */
export function linearMap(parameters: Parameters, name: string, vector: Float32Array): Float64Array {
  const weight = tensor(parameters, `${name}/weight`)
  const bias = tensor(parameters, `${name}/bias`)
  const [outputs, inputs] = weight.shape
  return Float64Array.from({ length: outputs }, (_, output) => {
    let sum = bias.values[output]
    for (let input = 0; input < inputs; input++) sum += weight.values[output * inputs + input] * vector[input]
    return sum
  })
}

/** tanh of the first half of each row times the logistic function of the second: [count × stride] to [count × half]. */
export function gateInto(values: Float64Array, stride: number, half: number, count: number, output: Float64Array) {
  for (let frame = 0; frame < count; frame++) {
    const from = frame * stride
    for (let channel = 0; channel < half; channel++)
      output[frame * half + channel] =
        Math.tanh(values[from + channel]) / (1 + Math.exp(-values[from + half + channel]))
  }
}

function tensor(parameters: Parameters, name: string): NamedTensor {
  const found = parameters.get(name)
  assert(found, `the parameter ${name} is missing`)
  return found
}
