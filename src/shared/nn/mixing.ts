import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import type { Random } from '../base/random.ts'
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

/** A random rotation as `permutedTriangles` takes it, row-major: what a mixing matrix starts as. */
export interface StartingMixing extends PermutedTriangles {
  readonly lower: Float32Array
  readonly upper: Float32Array
  readonly logScale: Float32Array
}

export function randomRotation(size: number, random: Random): StartingMixing {
  return triangularParts(orthonormalRows(size, random))
}

/** Gram and Schmidt's procedure on random rows. */
function orthonormalRows(size: number, random: Random): Float64Array[] {
  const rows: Float64Array[] = []
  while (rows.length < size) {
    const row = Float64Array.from({ length: size }, () => random.normal())
    for (const other of rows) {
      const along = dot(row, other)
      for (let i = 0; i < size; i++) row[i] -= along * other[i]
    }
    const length = Math.sqrt(dot(row, row))
    rows.push(row.map((value) => value / length))
  }
  return rows
}

/** P · L · U by elimination, the largest pivot of each column first. */
function triangularParts(matrix: readonly Float64Array[]): StartingMixing {
  const size = matrix.length
  const rows = matrix.map((row) => row.slice())
  const places = rows.map((_, index) => index)
  for (let k = 0; k < size; k++) {
    let pivot = k
    for (let row = k + 1; row < size; row++) if (Math.abs(rows[row][k]) > Math.abs(rows[pivot][k])) pivot = row
    ;[rows[k], rows[pivot]] = [rows[pivot], rows[k]]
    ;[places[k], places[pivot]] = [places[pivot], places[k]]
    for (let row = k + 1; row < size; row++) {
      rows[row][k] /= rows[k][k]
      for (let column = k + 1; column < size; column++) rows[row][column] -= rows[row][k] * rows[k][column]
    }
  }
  const flat = (keeps: (row: number, column: number) => boolean) =>
    Float32Array.from({ length: size * size }, (_, i) => {
      const [row, column] = [Math.floor(i / size), i % size]
      return keeps(row, column) ? rows[row][column] : 0
    })
  return {
    order: places.map((_, row) => places.indexOf(row)),
    signs: rows.map((row, k) => (row[k] < 0 ? -1 : 1)),
    lower: flat((row, column) => column < row),
    upper: flat((row, column) => column > row),
    logScale: Float32Array.from(rows, (row, k) => Math.log(Math.abs(row[k]))),
  }
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0)
