import { assert } from '../base/assert.ts'
import { instantiateKernel, reserveBytes, type KernelExports, type KernelModule } from './instance.ts'

/** For every query key its k nearest bank keys by squared Euclidean distance. */
export interface NearestNeighbors {
  /**
   * `queries` holds `queryCount` and `bank` holds `bankCount` rows of `width` numbers; 1 <= k <= bankCount.
   * Returns rows of k indices into the bank and k squared distances, nearest first, ties by lower index.
   */
  find(
    queries: Float32Array,
    queryCount: number,
    bank: Float32Array,
    bankCount: number,
    width: number,
    k: number,
  ): { indices: Int32Array; distances: Float32Array }
}

/** The plain twin of the kernel: the definition that the tests hold it to, and the fallback without WebAssembly. */
export const nearestReference: NearestNeighbors = {
  find(queries, queryCount, bank, bankCount, width, k) {
    assertShapes(queries, queryCount, bank, bankCount, width, k)
    const indices = new Int32Array(queryCount * k).fill(-1)
    const distances = new Float32Array(queryCount * k).fill(Infinity)
    for (let q = 0; q < queryCount; q++) {
      const rowIndices = indices.subarray(q * k, (q + 1) * k)
      const rowDistances = distances.subarray(q * k, (q + 1) * k)
      for (let b = 0; b < bankCount; b++) {
        const distance = Math.fround(squaredDistance(queries, q * width, bank, b * width, width))
        if (distance < rowDistances[k - 1]) insert(rowIndices, rowDistances, b, distance)
      }
    }
    return { indices, distances }
  },
}

interface NearestExports extends KernelExports {
  find(
    queries: number,
    queryCount: number,
    bank: number,
    bankCount: number,
    width: number,
    k: number,
    indices: number,
    distances: number,
  ): void
}

/** The SIMD kernel `nearest`, from its compiled module or the bytes of it. */
export function createNearestKernel(module: KernelModule): NearestNeighbors {
  const kernel = instantiateKernel<NearestExports>(module)
  return {
    find(queries, queryCount, bank, bankCount, width, k) {
      assertShapes(queries, queryCount, bank, bankCount, width, k)
      const stride = 4 * Math.ceil(width / 4)
      const queriesAt = kernel.heapBase()
      const bankAt = queriesAt + 4 * stride * queryCount
      const indicesAt = bankAt + 4 * stride * bankCount
      const distancesAt = indicesAt + 4 * k * queryCount
      reserveBytes(kernel.memory, distancesAt + 4 * k * queryCount)
      copyPadded(queries, width, new Float32Array(kernel.memory.buffer, queriesAt, stride * queryCount), stride)
      copyPadded(bank, width, new Float32Array(kernel.memory.buffer, bankAt, stride * bankCount), stride)
      kernel.find(queriesAt, queryCount, bankAt, bankCount, stride, k, indicesAt, distancesAt)
      return {
        indices: new Int32Array(kernel.memory.buffer, indicesAt, k * queryCount).slice(),
        distances: new Float32Array(kernel.memory.buffer, distancesAt, k * queryCount).slice(),
      }
    },
  }
}

function assertShapes(
  queries: Float32Array,
  queryCount: number,
  bank: Float32Array,
  bankCount: number,
  width: number,
  k: number,
): void {
  assert(queries.length >= queryCount * width, `${queryCount} queries of ${width} need more than ${queries.length}`)
  assert(bank.length >= bankCount * width, `${bankCount} bank keys of ${width} need more than ${bank.length} numbers`)
  assert(k >= 1 && k <= bankCount, `${k} neighbors cannot be found among ${bankCount} bank keys`)
}

function squaredDistance(a: Float32Array, aAt: number, b: Float32Array, bAt: number, width: number): number {
  let sum = 0
  for (let i = 0; i < width; i++) {
    const difference = a[aAt + i] - b[bAt + i]
    sum += difference * difference
  }
  return sum
}

function insert(indices: Int32Array, distances: Float32Array, index: number, distance: number): void {
  let place = distances.length - 1
  for (; place > 0 && distances[place - 1] > distance; place--) {
    distances[place] = distances[place - 1]
    indices[place] = indices[place - 1]
  }
  distances[place] = distance
  indices[place] = index
}

/** Rows in the kernel's memory are as long as whole SIMD registers; the rest is zero. */
function copyPadded(rows: Float32Array, width: number, target: Float32Array, stride: number): void {
  if (stride === width) {
    target.set(rows.subarray(0, target.length))
    return
  }
  target.fill(0)
  for (let from = 0, to = 0; to < target.length; from += width, to += stride) {
    target.set(rows.subarray(from, from + width), to)
  }
}
