/** First free byte of the memory: the caller lays its arrays out from here on. */
export function heapBase(): usize {
  return __heap_base
}

/**
 * `count` outputs of a polyphase filter: output i is the product of the row (i · down) mod up with the inputs from
 * i · down / up on. Numbers are f32, rows of `taps`, a multiple of 4. All arguments are byte offsets or counts.
 */
export function filter(input: usize, rows: usize, taps: i32, up: i32, down: i32, count: i32, output: usize): void {
  const rowBytes = (<usize>taps) << 2
  let phase = 0
  let first = input
  for (let index = 0; index < count; index++) {
    const row = rows + <usize>phase * rowBytes
    store<f32>(output + ((<usize>index) << 2), product(first, row, rowBytes))
    phase += down
    const steps = phase / up
    phase -= steps * up
    first += (<usize>steps) << 2
  }
}

/** Two sums side by side, because one alone would wait for itself. */
function product(input: usize, row: usize, rowBytes: usize): f32 {
  let even = f32x4.splat(0)
  let odd = f32x4.splat(0)
  let byte: usize = 0
  for (; byte + 32 <= rowBytes; byte += 32) {
    even = f32x4.add(even, f32x4.mul(v128.load(row + byte), v128.load(input + byte)))
    odd = f32x4.add(odd, f32x4.mul(v128.load(row + byte + 16), v128.load(input + byte + 16)))
  }
  if (byte < rowBytes) even = f32x4.add(even, f32x4.mul(v128.load(row + byte), v128.load(input + byte)))
  const sum = f32x4.add(even, odd)
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  )
}
