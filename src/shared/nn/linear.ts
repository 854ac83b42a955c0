import { add, matMul, sum, transpose, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { withGradient } from './custom-gradient.ts'

/**
 * Linear map of vectors.
 * @param v [B, in]
 * @param weight [in, out]
 * @param bias [out]
 * @returns [B, out]
 */
export function linear(v: Tensor2D, weight: Tensor2D, bias: Tensor1D): Tensor2D {
  return withGradient(
    [v, weight, bias],
    () => ({ value: add<Tensor2D>(matMul(v, weight), bias), saved: [v, weight] }),
    (dy, saved) => {
      const [v, weight] = saved as [Tensor2D, Tensor2D] // saved above in this order
      return [matMul(dy, transpose<Tensor2D>(weight)), matMul(transpose<Tensor2D>(v), dy), sum(dy, 0)]
    },
  )
}

/**
 * Rows of a table.
 * @param choice [B, rows], one 1 per row, no gradient
 * @param table [rows, width]
 * @returns [B, width]
 */
export function chooseRows(choice: Tensor2D, table: Tensor2D): Tensor2D {
  return withGradient(
    [table],
    () => ({ value: matMul(choice, table), saved: [choice] }),
    (dy, [choice]) => [matMul(transpose<Tensor2D>(choice as Tensor2D), dy)], // saved above
  )
}
