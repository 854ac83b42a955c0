import { powers, roundHalfAway } from './common/arrays'
import { seedNoise, takeNormals } from './common/noise'
import { realForward, realPlan, RealPlan } from './common/real-fft'
import { blackman, cutSegment, SegmentSpace } from './common/segment'
import { BandEstimator } from './d4c/band-estimator'
import { BandSpreader } from './d4c/band-spreader'

/** D4C with LoveTrain (Morise 2016); the twin is `world/d4c.ts`. */

const noiseLevel: f64 = 1e-6
const lowestLoveTrainF0Hz: f64 = 40
const lowestHz: f64 = 100
const lowBandHz: f64 = 4000
const wholeBandHz: f64 = 7900

@unmanaged
class Plan {
  constructor(
    public fs: f64,
    public fftSize: i32,
    public loveTrainSize: i32,
    public real: RealPlan,
    public space: SegmentSpace,
    public estimator: BandEstimator,
    public spreader: BandSpreader,
  ) {
    const bytes = (<usize>loveTrainSize + 4) << 3
    this.segment = heap.alloc(bytes)
    this.re = heap.alloc(bytes)
    this.im = heap.alloc(bytes)
  }
  older: Plan | null = null
  segment: usize = 0
  re: usize = 0
  im: usize = 0
}

/** Plans that were needed so far: rates and sizes are few. */
let newest: Plan | null = null
let current: Plan | null = null

export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

/** The transform that holds so many periods of a pitch. */
function sizeFor(periods: f64, fs: f64, f0Hz: f64): i32 {
  let size = 2
  while (<f64>size <= (periods * fs) / f0Hz + 1) size <<= 1
  return size
}

/** Sets the rate, the bands and bins of the result, and the noise that the frames to come begin with. */
export function start(fs: f64, bandCount: i32, fftSize: i32, x: i32, y: i32, z: i32, w: i32): void {
  let plan = newest
  while (plan !== null && (plan.fs != fs || plan.fftSize != fftSize)) plan = plan.older
  current = plan === null ? createPlan(fs, bandCount, fftSize) : plan
  seedNoise(x, y, z, w)
}

/**
 * LoveTrain: the share of a frame's energy that lies in the low band, of `count` frames, f64 each. `signal` is the
 * address where the sample of index 0 would be; positions and pitches are f64. The signal must reach over every window.
 */
export function lowBandShares(signal: usize, positionsSec: usize, f0Hz: usize, count: i32, out: usize): void {
  const plan = current!
  for (let at: usize = 0, end = (<usize>count) << 3; at < end; at += 8) {
    store<f64>(out + at, lowBandShare(plan, signal, load<f64>(positionsSec + at), load<f64>(f0Hz + at)))
  }
}

function lowBandShare(plan: Plan, signal: usize, positionSec: f64, f0Hz: f64): f64 {
  const usedF0 = Math.max(f0Hz, lowestLoveTrainF0Hz)
  const half = <i32>roundHalfAway((1.5 * plan.fs) / usedF0)
  const length = 2 * half + 1
  const origin = <i32>roundHalfAway(positionSec * plan.fs + 0.001)
  const from = signal + ((<usize>(origin - half)) << 3)
  const phaseStep = (2 * Math.PI * usedF0) / (3 * plan.fs)
  const segment = plan.segment
  cutSegment(plan.space, from, half, phaseStep, blackman, false, takeNormals(length), noiseLevel, segment)
  memory.fill(segment + ((<usize>length) << 3), 0, (<usize>(plan.loveTrainSize - length)) << 3)
  realForward(plan.real, segment, plan.re, plan.im)
  const first = binAbove(plan, lowestHz)
  const low = binAbove(plan, lowBandHz)
  const whole = binAbove(plan, wholeBandHz)
  powers(plan.re, plan.im, plan.re, whole + 1)
  const inLowBand = sumBetween(plan.re, first, low)
  return inLowBand / (inLowBand + sumBetween(plan.re, low, whole))
}

function binAbove(plan: Plan, hz: f64): i32 {
  return <i32>Math.ceil((hz * <f64>plan.loveTrainSize) / plan.fs)
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

function createPlan(fs: f64, bandCount: i32, fftSize: i32): Plan {
  const loveTrainSize = sizeFor(3, fs, lowestLoveTrainF0Hz)
  const estimator = new BandEstimator(fs, sizeFor(4, fs, 47), bandCount)
  const spreader = new BandSpreader(fs, fftSize, bandCount)
  const space = new SegmentSpace(loveTrainSize)
  const plan = new Plan(fs, fftSize, loveTrainSize, realPlan(loveTrainSize), space, estimator, spreader)
  plan.older = newest
  newest = plan
  return plan
}

/** Aperiodicity of `count` frames as amplitude ratios, rows of fftSize / 2 + 1 f64 with room for one more at the end. */
export function aperiodicities(signal: usize, positionsSec: usize, f0Hz: usize, count: i32, out: usize): void {
  const plan = current!
  const row = (<usize>(plan.fftSize >> 1) + 1) << 3
  for (let frame: usize = 0; frame < <usize>count; frame++) {
    const at = frame << 3
    const bandsDb = plan.estimator.bandsDb(signal, load<f64>(positionsSec + at), load<f64>(f0Hz + at))
    plan.spreader.spread(bandsDb, out + frame * row)
  }
}
