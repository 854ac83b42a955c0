import { realForward, realInverse, realPlan } from './transforms/real-fft'

/** Room for `bytes`, kept for good. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

/** `count` signals of `size` samples, one after the other, to as many rows of size / 2 + 1 bins. */
export function forwardRows(size: i32, count: i32, signals: usize, re: usize, im: usize): void {
  const plan = realPlan(size)
  const bins = (<usize>((size >> 1) + 1)) << 3
  const samples = (<usize>size) << 3
  for (let row: usize = 0; row < <usize>count; row++) {
    realForward(plan, signals + row * samples, re + row * bins, im + row * bins)
  }
}

/** The inverse of `forwardRows`. */
export function inverseRows(size: i32, count: i32, re: usize, im: usize, signals: usize): void {
  const plan = realPlan(size)
  const bins = (<usize>((size >> 1) + 1)) << 3
  const samples = (<usize>size) << 3
  for (let row: usize = 0; row < <usize>count; row++) {
    realInverse(plan, re + row * bins, im + row * bins, signals + row * samples)
  }
}
