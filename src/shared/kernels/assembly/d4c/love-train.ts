import { powers, roundHalfAway } from '../numbers/over-arrays'
import { cosinePlan, cosineTransform } from '../transforms/cosine-transform'
import { takeNormals } from '../numbers/noise'
import { realForward, realPlan, RealPlan } from '../transforms/real-fft'
import { blackman, cutSegment, lanesOf, SegmentSpace } from '../spectra/windowed-segment'

/** The twin is `world/d4c/love-train.ts`. */
const noiseLevel: f64 = 1e-6
const lowestF0Hz: f64 = 40
const lowestHz: f64 = 100
const lowBandHz: f64 = 4000
const wholeBandHz: f64 = 7900

/**
 * The sums of power over a band's bins of a transform of `size`, as weighted sums over all bins of one of half the size.
 * Power is the transform of the autocorrelation; a segment of no more than a quarter of `size` has one that half the
 * size holds, so the sums are the same.
 */
@unmanaged
export class LoveTrain {
  constructor(
    public fs: f64,
    public size: i32,
  ) {
    const bytes = (<usize>size + 4) << 3
    this.whole = realPlan(size)
    this.half = realPlan(size >> 1)
    this.space = new SegmentSpace(size)
    this.segment = heap.alloc(bytes)
    this.re = heap.alloc(bytes)
    this.im = heap.alloc(bytes)
    this.first = this.binAbove(lowestHz)
    this.low = this.binAbove(lowBandHz)
    this.last = this.binAbove(wholeBandHz)
    this.lowWeights = this.createWeights(this.first, this.low)
    this.highWeights = this.createWeights(this.low, this.last)
  }
  whole: RealPlan
  half: RealPlan
  space: SegmentSpace
  segment: usize = 0
  re: usize = 0
  im: usize = 0
  /** The low band reaches from the bin after `first` to `low`, the high one from there to `last`. */
  first: i32 = 0
  low: i32 = 0
  last: i32 = 0
  lowWeights: usize = 0
  highWeights: usize = 0

  lowBandShare(signal: usize, positionSec: f64, f0Hz: f64): f64 {
    const usedF0 = Math.max(f0Hz, lowestF0Hz)
    const halfSamples = <i32>roundHalfAway((1.5 * this.fs) / usedF0)
    const length = 2 * halfSamples + 1
    const origin = <i32>roundHalfAway(positionSec * this.fs + 0.001)
    const from = signal + ((<usize>(origin - halfSamples)) << 3)
    const phaseStep = (2 * Math.PI * usedF0) / (3 * this.fs)
    const segment = this.segment
    cutSegment(this.space, from, halfSamples, phaseStep, blackman, false, takeNormals(length), noiseLevel, segment)
    const isShort = length <= this.size >> 2
    const size = isShort ? this.size >> 1 : this.size
    memory.fill(segment + ((<usize>length) << 3), 0, (<usize>(size - length)) << 3)
    realForward(isShort ? this.half : this.whole, segment, this.re, this.im)
    powers(this.re, this.im, this.re, (size >> 1) + 1)
    const inLowBand = isShort ? this.weighted(this.lowWeights) : sumBetween(this.re, this.first, this.low)
    const inHighBand = isShort ? this.weighted(this.highWeights) : sumBetween(this.re, this.low, this.last)
    return inLowBand / (inLowBand + inHighBand)
  }

  private binAbove(hz: f64): i32 {
    return <i32>Math.ceil((hz * <f64>this.size) / this.fs)
  }

  /** What a bin of the half-size transform counts in the sum over the bins above `from` up to `to`. */
  private createWeights(from: i32, to: i32): usize {
    const half = this.size >> 1
    const quarter = this.size >> 2
    const weights = heap.alloc((<usize>half + 2) << 3)
    for (let k = 0; k <= half; k++) store<f64>(weights + ((<usize>k) << 3), k > from && k <= to ? 0.5 : 0)
    cosineTransform(cosinePlan(half), weights)
    // Now at every lag the sum of the band's cosines; at a quarter and beyond no short segment correlates with itself.
    store<f64>(weights + ((<usize>quarter) << 3), 0)
    cosineTransform(cosinePlan(quarter), weights)
    // Every bin but the first and the last stands for its mirror image too.
    for (let k = 0; k <= quarter; k++) {
      const at = weights + ((<usize>k) << 3)
      store<f64>(at, (load<f64>(at) * (k == 0 || k == quarter ? 1 : 2)) / <f64>half)
    }
    return weights
  }

  private weighted(weights: usize): f64 {
    let sums = f64x2.splat(0)
    const end = (<usize>(this.size >> 2)) << 3
    for (let at: usize = 0; at < end; at += 16) {
      sums = f64x2.add(sums, f64x2.mul(v128.load(this.re + at), v128.load(weights + at)))
    }
    return lanesOf(sums) + load<f64>(this.re + end) * load<f64>(weights + end)
  }
}

/** Of the bins above `from` up to `to`. */
function sumBetween(power: usize, from: i32, to: i32): f64 {
  let even: f64 = 0
  let odd: f64 = 0
  const end = power + ((<usize>to) << 3)
  let at = power + ((<usize>from) << 3) + 8
  for (; at < end; at += 16) {
    even += load<f64>(at)
    odd += load<f64>(at, 8)
  }
  return at == end ? even + odd + load<f64>(at) : even + odd
}
