import { packRows, type PackedRows } from '../dsp/packed-rows.ts'
import { storedNamed, valuesOf, type Parameters } from './packed-coupling.ts'

/** Of a last layer's rows only those that are heard, the last so many: its residual leads nowhere. */
export function heardOnly(parameters: Parameters, name: string, skip: number): PackedRows {
  const { shape, values } = storedNamed(parameters, `${name}/weight`)
  const [rows, inputs] = shape
  const first = rows - skip
  const bias = valuesOf(parameters, `${name}/bias`).subarray(first)
  return packRows({ shape: [skip, inputs, 1], values: values.subarray(first * inputs) }, bias)
}
