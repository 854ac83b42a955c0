import {
  add,
  concat,
  gather,
  reshape,
  tensor1d,
  tidy,
  zeros,
  type Rank,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core'
import { assert } from '../base/assert.ts'
import { withGradient } from './custom-gradient.ts'

/** Where each row of some items is taken from, and by whom each row is taken, for the way back. */
export interface RowSources {
  readonly count: number
  /** Of each row that is made. One past the end of what is taken from stands for zeros. */
  readonly from: Tensor1D
  /** Of each row that is taken from: who takes it first, who takes it second, … */
  readonly takers: readonly Tensor1D[]
}

/**
 * @param from of each row that is made, among all rows of all items; −1 for zeros
 * @param count of rows that are taken from
 */
export function rowSources(from: Int32Array, count: number): RowSources {
  const takenTimes = new Int32Array(count)
  const takers: Int32Array[] = []
  from.forEach((source, row) => {
    if (source < 0) return
    assert(source < count, `row ${source} of ${count} is not there`)
    const turn = takenTimes[source]++
    takers[turn] ??= new Int32Array(count).fill(from.length)
    takers[turn][source] = row
  })
  return {
    count,
    from: tensor1d(
      from.map((source) => (source < 0 ? count : source)),
      'int32',
    ),
    takers: takers.map((rows) => tensor1d(rows, 'int32')),
  }
}

/**
 * Rows of other places. Its gradient gathers, too: sums in one order on every engine.
 * @param x [B, S, C]
 * @param sources of B · T rows, from B · S
 * @returns [B, T, C]
 */
export function takenRows(x: Tensor3D, { count, from, takers }: RowSources): Tensor3D {
  const [B, S, C] = x.shape
  assert(B * S === count, `rows are taken from ${count}, not from ${B * S}`)
  const T = from.size / B
  return withGradient(
    [x],
    () => ({ value: tidy(() => reshape<Rank.R3>(gather(withZeros(x), from), [B, T, C])), saved: [from, ...takers] }),
    (dy, [, ...takers]) => {
      const arrived = withZeros(dy)
      const sum = takers.reduce<Tensor2D>(
        (total, rows) => add(total, gather(arrived, rows as Tensor1D)), // saved above
        zeros([count, C]),
      )
      return [reshape(sum, [B, S, C])]
    },
  )
}

/** All rows of all items, and one of zeros. */
function withZeros(x: Tensor3D): Tensor2D {
  const [B, T, C] = x.shape
  return concat<Tensor2D>([reshape(x, [B * T, C]), zeros([1, C])], 0)
}
