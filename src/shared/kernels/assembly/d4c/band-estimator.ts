import { powers, roundHalfAway } from '../numbers/over-arrays'
import { SelectionSpace, sumWithoutLargest } from '../numbers/sum-without-largest'
import { takeNormals } from '../numbers/noise'
import { addCrossSpectrum, createPairPlan, pairForward, PairPlan, unorderedPowers } from '../transforms/pair-transform'
import { realForward, realPlan, RealPlan } from '../transforms/real-fft'
import { blackman, cutSegment, hann, lanesOf, SegmentSpace } from '../spectra/windowed-segment'
import { correctDc, ShapingSpace, smooth } from '../spectra/spectrum-shaping'

/** The twin is `world/d4c/band-aperiodicity.ts`, where the constants have their reasons. */
const lowestF0Hz: f64 = 47
const noiseLevel: f64 = 1e-6
const biasReferenceHz: f64 = 100
const biasHzPerDb: f64 = 50
const periodicLobes: f64 = 8
const bandHz: f64 = 3000
const leastShare: f64 = 1e-30

/** Weights of the centroid are scaled by a power of two, so that both signals of a pair are about as loud. */
const weightScale: f64 = 1.0 / 1024.0

@unmanaged
export class BandEstimator {
  constructor(fs: f64, size: i32, bandCount: i32) {
    const half = size >> 1
    const bytes = (<usize>size + 4) << 3
    this.fs = fs
    this.size = size
    this.bandCount = bandCount
    this.real = realPlan(size)
    this.pair = createPairPlan(size)
    this.shaping = new ShapingSpace(fs / <f64>size, half)
    this.space = new SegmentSpace(size)
    this.selection = new SelectionSpace(half + 1)
    this.bandHalf = <i32>Math.floor((bandHz * <f64>size) / fs)
    const length = 2 * this.bandHalf + 1
    this.periodicCount = 1 + <i32>roundHalfAway((periodicLobes * <f64>size) / <f64>length)
    this.window = heap.alloc((<usize>length + 1) << 3)
    fillNuttall(this.window, length)
    this.first = heap.alloc(bytes)
    this.second = heap.alloc(bytes)
    this.re = heap.alloc(bytes)
    this.im = heap.alloc(bytes)
    this.centroid = heap.alloc(bytes)
    this.power = heap.alloc(bytes)
    this.bands = heap.alloc((<usize>bandCount + 1) << 3)
  }
  fs: f64 = 0
  size: i32 = 0
  bandCount: i32 = 0
  real: RealPlan
  pair: PairPlan
  shaping: ShapingSpace
  space: SegmentSpace
  selection: SelectionSpace
  bandHalf: i32 = 0
  periodicCount: i32 = 0
  window: usize = 0
  first: usize = 0
  second: usize = 0
  re: usize = 0
  im: usize = 0
  centroid: usize = 0
  power: usize = 0
  bands: usize = 0

  /** The address of one level a band. */
  bandsDb(signal: usize, positionSec: f64, f0Hz: f64): usize {
    const usedF0 = Math.max(f0Hz, lowestF0Hz)
    this.groupDelay(signal, positionSec, usedF0)
    const correction = (usedF0 - biasReferenceHz) / biasHzPerDb
    const padded = this.wholeQuarters(2 * this.bandHalf + 1)
    let band = 0
    for (; band + 1 < this.bandCount; band += 2) {
      this.cutBand(band, this.first, padded)
      this.cutBand(band + 1, this.second, padded)
      pairForward(this.pair, this.first, this.second, 2 * this.bandHalf + 1)
      unorderedPowers(this.pair, this.re, this.im)
      this.keepLevel(band, this.re, correction)
      this.keepLevel(band + 1, this.im, correction)
    }
    if (band < this.bandCount) {
      this.cutBand(band, this.first, this.size)
      realForward(this.real, this.first, this.re, this.im)
      powers(this.re, this.im, this.re, (this.size >> 1) + 1)
      this.keepLevel(band, this.re, correction)
    }
    return this.bands
  }

  /** Leaves it in `centroid`, less its own smoothing. */
  private groupDelay(signal: usize, positionSec: f64, f0Hz: f64): void {
    const half = this.size >> 1
    const centroid = this.centroid
    memory.fill(centroid, 0, (<usize>half + 1) << 3)
    this.addCentroid(signal, positionSec - 0.25 / f0Hz, f0Hz)
    this.addCentroid(signal, positionSec + 0.25 / f0Hz, f0Hz)
    correctDc(this.shaping, centroid, f0Hz)
    this.cut(signal, positionSec, f0Hz, hann, this.size)
    realForward(this.real, this.first, this.re, this.im)
    const power = this.power
    powers(this.re, this.im, power, half + 1)
    correctDc(this.shaping, power, f0Hz)
    smooth(this.shaping, power, f0Hz, power)
    for (let at: usize = 0, end = (<usize>half) << 3; at <= end; at += 16) {
      const loudness = v128.load(power + at)
      const quotient = f64x2.div(v128.load(centroid + at), loudness)
      v128.store(centroid + at, v128.and(quotient, f64x2.gt(loudness, f64x2.splat(0))))
    }
    smooth(this.shaping, centroid, f0Hz / 2, centroid)
    smooth(this.shaping, centroid, f0Hz, power)
    for (let at: usize = 0, end = (<usize>half) << 3; at <= end; at += 16) {
      v128.store(centroid + at, f64x2.sub(v128.load(centroid + at), v128.load(power + at)))
    }
  }

  /** The segment of four periods goes to `first`, with zeros up to `zeroedTo`; its length. */
  private cut(signal: usize, positionSec: f64, f0Hz: f64, shape: i32, zeroedTo: i32): i32 {
    const halfSamples = <i32>roundHalfAway((2 * this.fs) / f0Hz)
    const length = 2 * halfSamples + 1
    const origin = <i32>roundHalfAway(positionSec * this.fs + 0.001)
    const from = signal + ((<usize>(origin - halfSamples)) << 3)
    const phaseStep = (2 * Math.PI * f0Hz) / (4 * this.fs)
    cutSegment(this.space, from, halfSamples, phaseStep, shape, false, takeNormals(length), noiseLevel, this.first)
    if (zeroedTo > length) {
      memory.fill(this.first + ((<usize>length) << 3), 0, (<usize>(zeroedTo - length)) << 3)
    }
    return length
  }

  /** Adds the energy-weighted mean time of every bin. */
  private addCentroid(signal: usize, positionSec: f64, f0Hz: f64): void {
    const length = this.cut(signal, positionSec, f0Hz, blackman, 0)
    const padded = this.wholeQuarters(length)
    memory.fill(this.first + ((<usize>length) << 3), 0, (<usize>(padded - length)) << 3)
    let energies = f64x2.splat(0)
    let weight = f64x2(weightScale, 2 * weightScale)
    const step = f64x2.splat(2 * weightScale)
    for (let at: usize = 0, end = (<usize>padded) << 3; at < end; at += 16) {
      const value = v128.load(this.first + at)
      energies = f64x2.add(energies, f64x2.mul(value, value))
      v128.store(this.second + at, f64x2.mul(value, weight))
      weight = f64x2.add(weight, step)
    }
    pairForward(this.pair, this.first, this.second, length)
    addCrossSpectrum(this.pair, 1 / (weightScale * lanesOf(energies)), this.centroid)
  }

  /** What the transform of a pair reads. */
  private wholeQuarters(length: i32): i32 {
    const quarter = this.size >> 2
    return quarter * ((length + quarter - 1) / quarter)
  }

  /** The group delay around a band's center under the window, with zeros up to `padded`. */
  private cutBand(band: i32, out: usize, padded: i32): void {
    const center = <i32>Math.floor((bandHz * <f64>(band + 1) * <f64>this.size) / this.fs)
    const from = this.centroid + ((<usize>(center - this.bandHalf)) << 3)
    const length = (<usize>(2 * this.bandHalf + 1)) << 3
    for (let at: usize = 0; at < length; at += 16) {
      v128.store(out + at, f64x2.mul(v128.load(from + at), v128.load(this.window + at)))
    }
    memory.fill(out + length, 0, ((<usize>padded) << 3) - length)
  }

  private keepLevel(band: i32, power: usize, correction: f64): void {
    const selection = this.selection
    sumWithoutLargest(selection, power, (this.size >> 1) + 1, this.periodicCount)
    const share = selection.whole > 0 ? Math.max(selection.kept / selection.whole, leastShare) : 1
    store<f64>(this.bands + ((<usize>band) << 3), Math.min(0, 10 * Math.log10(share) + correction))
  }
}

function fillNuttall(window: usize, length: i32): void {
  for (let i = 0; i < length; i++) {
    const angle = (2 * Math.PI * <f64>i) / <f64>(length - 1)
    const value =
      0.355768 - 0.487396 * Math.cos(angle) + 0.144232 * Math.cos(2 * angle) - 0.012604 * Math.cos(3 * angle)
    store<f64>(window + ((<usize>i) << 3), value)
  }
}
