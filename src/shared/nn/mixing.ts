import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { permutedTriangles, type PermutedTriangles } from './flow.ts'
import { parameterOf } from './named-layers.ts'
import type { TensorsByName } from './parameters.ts'

/** The matrix stored as `<name>/lower`, `<name>/upper` and `<name>/log-scale`: see `permutedTriangles`. */
export const mixingNamed = (parameters: TensorsByName, name: string, permutation: PermutedTriangles): Tensor2D =>
  permutedTriangles(
    parameterOf<Tensor2D>(parameters, `${name}/lower`),
    parameterOf<Tensor2D>(parameters, `${name}/upper`),
    parameterOf<Tensor1D>(parameters, `${name}/log-scale`),
    permutation,
  )

/** W = P · L · (U + diag(sign · e^logScale)) and its inverse, row-major, in double precision: for rendering. */
export function mixingMatrices(
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  logScale: ArrayLike<number>,
  { order, signs }: PermutedTriangles,
): { readonly matrix: Float64Array; readonly inverse: Float64Array } {
  const C = order.length
  const at = (row: number, column: number) => row * C + column
  const U = (row: number, column: number): number => {
    if (row === column) return signs[row] * Math.exp(logScale[row])
    return column > row ? upper[at(row, column)] : 0
  }
  const L = (row: number, column: number): number => (row === column ? 1 : column < row ? lower[at(row, column)] : 0)
  const product = new Float64Array(C * C)
  for (let row = 0; row < C; row++)
    for (let column = 0; column < C; column++)
      for (let k = 0; k < C; k++) product[at(row, column)] += L(row, k) * U(k, column)
  const matrix = new Float64Array(C * C)
  for (let row = 0; row < C; row++)
    for (let column = 0; column < C; column++) matrix[at(row, column)] = product[at(order[row], column)]

  // Column by column of the unit matrix: undo the permutation, then L, then U.
  const inverse = new Float64Array(C * C)
  for (let column = 0; column < C; column++) {
    const x = new Float64Array(C)
    x[order[column]] = 1
    for (let row = 0; row < C; row++) for (let k = 0; k < row; k++) x[row] -= L(row, k) * x[k]
    for (let row = C - 1; row >= 0; row--) {
      for (let k = row + 1; k < C; k++) x[row] -= U(row, k) * x[k]
      assert(U(row, row) !== 0, 'a mixing matrix has an inverse')
      x[row] /= U(row, row)
    }
    for (let row = 0; row < C; row++) inverse[at(row, column)] = x[row]
  }
  return { matrix, inverse }
}
