/**
 * Amplitude and instantaneous frequency at single bins of the spectrum under a Blackman window of three periods. The
 * twin is `world/instantaneous-frequency.ts`; here the window comes by rotation, and the sums run over two samples of
 * two bins at once with rows of precomputed waves.
 */
export const mostHarmonics: i32 = 6

/** Arrays of one window length, 2 half + 1 points. */
@unmanaged
export class Meter {
  half: i32 = 0
  fftSize: i32 = 0
  capacity: i32 = 0
  /** Offset that the window was shaped for, in samples from its middle to the exact position; NaN for none. */
  shapedFor: f64 = NaN
  /** The window's first weight is at window + 8, and so its derivative's. */
  window: usize = 0
  derivative: usize = 0
  /** Sums and differences of the samples at equal distance from the middle, for both windows: half + 2 each. */
  evenX: usize = 0
  oddX: usize = 0
  evenD: usize = 0
  oddD: usize = 0
  /** Per bin, f64; good where `measuredAt` (i32) has the present `placement`. */
  amplitudes: usize = 0
  frequenciesHz: usize = 0
  measuredAt: usize = 0
  /** Counts up with every window that is laid over samples. */
  placement: i32 = 0
  /** What the samples were folded for; only the meter's user sets it. */
  visit: i32 = 0
}

/** Room for windows of up to `half`; arrays are padded to whole registers. */
export function createMeter(half: i32): Meter {
  const meter = new Meter()
  const whole = (<usize>(2 * half + 8)) << 3
  const folded = (<usize>(half + 6)) << 3
  meter.capacity = half
  meter.window = heap.alloc(whole)
  meter.derivative = heap.alloc(whole)
  meter.evenX = heap.alloc(folded)
  meter.oddX = heap.alloc(folded)
  meter.evenD = heap.alloc(folded)
  meter.oddD = heap.alloc(folded)
  setHalf(meter, half)
  const bins = <usize>(meter.fftSize / 2 + 1)
  meter.amplitudes = heap.alloc(bins << 3)
  meter.frequenciesHz = heap.alloc(bins << 3)
  meter.measuredAt = heap.alloc(bins << 2)
  memory.fill(meter.measuredAt, 0, bins << 2)
  return meter
}

/** Another length within the meter's capacity. */
export function setHalf(meter: Meter, half: i32): void {
  meter.half = half
  meter.fftSize = 1 << (2 + (31 - clz(2 * half + 1)))
  meter.shapedFor = NaN
}

/**
 * Window and derivative for a middle that lies `offset` samples after the exact position. One weight more on either
 * side is left at window - 8 and beyond the last, for StoneMask's irregular samples.
 */
export function shape(meter: Meter, offset: f64): void {
  if (meter.shapedFor == offset) return
  const half = meter.half
  const window = meter.window + 8
  const step = (2 * Math.PI) / <f64>(2 * half + 1)
  // Lane 0 goes to the right of the middle, lane 1 to the left.
  const stepSine = Math.sin(step)
  const turnCosine = f64x2.splat(Math.cos(step))
  const turnSine = f64x2.replace_lane(f64x2.splat(stepSine), 1, -stepSine)
  let cosine = f64x2.splat(Math.cos(step * offset))
  let sine = f64x2.splat(Math.sin(step * offset))
  const middle = window + ((<usize>half) << 3)
  for (let n: usize = 0; n <= (<usize>(half + 1)) << 3; n += 8) {
    // 0.42 + 0.5 cos + 0.08 cos of the double angle.
    const weight = f64x2.add(
      f64x2.splat(0.34),
      f64x2.mul(cosine, f64x2.add(f64x2.splat(0.5), f64x2.mul(f64x2.splat(0.16), cosine))),
    )
    v128.store64_lane(middle + n, weight, 0)
    v128.store64_lane(middle - n, weight, 1)
    const turned = f64x2.sub(f64x2.mul(cosine, turnCosine), f64x2.mul(sine, turnSine))
    sine = f64x2.add(f64x2.mul(sine, turnCosine), f64x2.mul(cosine, turnSine))
    cosine = turned
  }
  differentiate(meter)
  meter.shapedFor = offset
}

/** (w[i - 1] - w[i + 1]) / 2, with nothing beyond the ends. */
export function differentiate(meter: Meter): void {
  const window = meter.window + 8
  const derivative = meter.derivative + 8
  const last = (<usize>(2 * meter.half)) << 3
  const half = f64x2.splat(0.5)
  for (let at: usize = 8; at < last; at += 16) {
    const difference = f64x2.sub(v128.load(window + at - 8), v128.load(window + at + 8))
    v128.store(derivative + at, f64x2.mul(difference, half))
  }
  store<f64>(derivative, -load<f64>(window + 8) / 2)
  store<f64>(derivative + last, load<f64>(window + last - 8) / 2)
}

/** Folds the samples under the window around its middle sample at `middle`. */
export function fold(meter: Meter, middle: usize): void {
  meter.placement++
  const half = meter.half
  const windowAt = meter.window + 8 + ((<usize>half) << 3)
  const derivativeAt = meter.derivative + 8 + ((<usize>half) << 3)
  // The middle itself: left and right are one.
  store<f64>(meter.evenX, load<f64>(middle) * load<f64>(windowAt))
  store<f64>(meter.evenD, load<f64>(middle) * load<f64>(derivativeAt))
  const last = (<usize>half) << 3
  let n: usize = 8
  for (; n < last; n += 16) {
    const right = v128.load(middle + n)
    const left = reversed(v128.load(middle - n - 8))
    const rightX = f64x2.mul(right, v128.load(windowAt + n))
    const leftX = f64x2.mul(left, reversed(v128.load(windowAt - n - 8)))
    const rightD = f64x2.mul(right, v128.load(derivativeAt + n))
    const leftD = f64x2.mul(left, reversed(v128.load(derivativeAt - n - 8)))
    v128.store(meter.evenX + n, f64x2.add(rightX, leftX))
    v128.store(meter.oddX + n, f64x2.sub(rightX, leftX))
    v128.store(meter.evenD + n, f64x2.add(rightD, leftD))
    v128.store(meter.oddD + n, f64x2.sub(rightD, leftD))
  }
  if (n == last) {
    const rightX = load<f64>(middle + n) * load<f64>(windowAt + n)
    const leftX = load<f64>(middle - n) * load<f64>(windowAt - n)
    const rightD = load<f64>(middle + n) * load<f64>(derivativeAt + n)
    const leftD = load<f64>(middle - n) * load<f64>(derivativeAt - n)
    store<f64>(meter.evenX + n, rightX + leftX)
    store<f64>(meter.oddX + n, rightX - leftX)
    store<f64>(meter.evenD + n, rightD + leftD)
    store<f64>(meter.oddD + n, rightD - leftD)
    n += 8
  }
  // The sums read whole registers.
  store<f64>(meter.evenX + n, 0)
  store<f64>(meter.oddX + n, 0)
  store<f64>(meter.evenD + n, 0)
  store<f64>(meter.oddD + n, 0)
}

function reversed(a: v128): v128 {
  return v128.shuffle<f64>(a, a, 1, 0)
}

/** Per size: a table of rows, one a bin, made when first asked for. */
const waveTables: usize = memory.data(128)

/** cos, then sin, of 2 pi bin n / fftSize for n = 0 … fftSize / 4 + 1. */
function waveRow(fftSize: i32, bin: i32): usize {
  const log2 = 31 - clz(fftSize)
  let table = load<usize>(waveTables + ((<usize>log2) << 2))
  if (table == 0) {
    const bytes = (<usize>(fftSize / 2 + 1)) << 2
    table = heap.alloc(bytes)
    memory.fill(table, 0, bytes)
    store<usize>(waveTables + ((<usize>log2) << 2), table)
  }
  const place = table + ((<usize>bin) << 2)
  const known = load<usize>(place)
  if (known != 0) return known
  const length = fftSize / 4 + 2
  const row = heap.alloc((<usize>length) << 4)
  for (let n = 0; n < length; n++) {
    const angle = (2 * Math.PI * <f64>((n * bin) & (fftSize - 1))) / <f64>fftSize
    store<f64>(row + ((<usize>n) << 3), Math.cos(angle))
    store<f64>(row + ((<usize>(length + n)) << 3), Math.sin(angle))
  }
  store<usize>(place, row)
  return row
}

/** Bins that one call has yet to measure. */
const missing: usize = memory.data(32)

/** Measures the bins bins[0 .. count - 1] (i32) under the folded window, each once a placement. */
export function measure(meter: Meter, fs: f64, bins: usize, count: i32): void {
  let missingEnd = missing
  for (let at = bins, end = bins + ((<usize>count) << 2); at < end; at += 4) {
    const bin = load<i32>(at)
    const mark = meter.measuredAt + ((<usize>bin) << 2)
    if (load<i32>(mark) == meter.placement) continue
    store<i32>(mark, meter.placement)
    store<i32>(missingEnd, bin)
    missingEnd += 4
  }
  // An odd count measures its last bin twice.
  for (let at = missing; at < missingEnd; at += 8) {
    const binA = load<i32>(at)
    measurePair(meter, fs, binA, at + 4 < missingEnd ? load<i32>(at + 4) : binA)
  }
}

function measurePair(meter: Meter, fs: f64, binA: i32, binB: i32): void {
  const fftSize = meter.fftSize
  const cosA = waveRow(fftSize, binA)
  const cosB = waveRow(fftSize, binB)
  const apart = (<usize>(fftSize / 4 + 2)) << 3
  const evenX = meter.evenX
  const oddX = meter.oddX
  const evenD = meter.evenD
  const oddD = meter.oddD
  let reXa = f64x2.splat(0)
  let imXa = reXa
  let reDa = reXa
  let imDa = reXa
  let reXb = reXa
  let imXb = reXa
  let reDb = reXa
  let imDb = reXa
  const end = (<usize>meter.half) << 3
  for (let n: usize = 8; n <= end; n += 16) {
    const xEven = v128.load(evenX + n)
    const dEven = v128.load(evenD + n)
    const cosineA = v128.load(cosA + n)
    reXa = f64x2.add(reXa, f64x2.mul(xEven, cosineA))
    reDa = f64x2.add(reDa, f64x2.mul(dEven, cosineA))
    const cosineB = v128.load(cosB + n)
    reXb = f64x2.add(reXb, f64x2.mul(xEven, cosineB))
    reDb = f64x2.add(reDb, f64x2.mul(dEven, cosineB))
    const xOdd = v128.load(oddX + n)
    const dOdd = v128.load(oddD + n)
    const sineA = v128.load(cosA + apart + n)
    imXa = f64x2.sub(imXa, f64x2.mul(xOdd, sineA))
    imDa = f64x2.sub(imDa, f64x2.mul(dOdd, sineA))
    const sineB = v128.load(cosB + apart + n)
    imXb = f64x2.sub(imXb, f64x2.mul(xOdd, sineB))
    imDb = f64x2.sub(imDb, f64x2.mul(dOdd, sineB))
  }
  const middleX = load<f64>(evenX)
  const middleD = load<f64>(evenD)
  keep(meter, fs, binA, middleX + lanes(reXa), lanes(imXa), middleD + lanes(reDa), lanes(imDa))
  keep(meter, fs, binB, middleX + lanes(reXb), lanes(imXb), middleD + lanes(reDb), lanes(imDb))
}

function lanes(a: v128): f64 {
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
}

function keep(meter: Meter, fs: f64, bin: i32, reX: f64, imX: f64, reD: f64, imD: f64): void {
  const power = reX * reX + imX * imX
  const deviation = power == 0 ? 0 : (((reX * imD - imX * reD) / power) * fs) / (2 * Math.PI)
  store<f64>(meter.amplitudes + ((<usize>bin) << 3), Math.sqrt(power))
  store<f64>(
    meter.frequenciesHz + ((<usize>bin) << 3),
    power == 0 ? 0 : (<f64>bin * fs) / <f64>meter.fftSize + deviation,
  )
}
