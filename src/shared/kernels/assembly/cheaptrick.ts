import { exponentials, logarithms, powers, roundHalfAway } from './common/arrays'
import { CosinePlan, cosinePlan, cosineTransform } from './common/cosine-transform'
import { quadrantOf, remainderOf, sineOf } from './common/elementary'
import { seedNoise, takeNormals } from './common/noise'
import { realForward, realPlan, RealPlan } from './common/real-fft'
import { cutSegment, hann, SegmentSpace } from './common/segment'
import { correctDc, ShapingSpace, smooth } from './common/shaping'

/** CheapTrick (Morise 2015); the twin is `world/cheaptrick.ts`. One plan at a time, for one rate and transform size. */

/** Weight of the quefrency compensation. */
const q1: f64 = -0.15
const noiseLevel: f64 = 1e-12

@unmanaged
class Plan {
  constructor(
    public fs: f64,
    public fftSize: i32,
    public real: RealPlan,
    public cosine: CosinePlan,
    public shaping: ShapingSpace,
    public space: SegmentSpace,
  ) {
    const bytes = (<usize>fftSize + 4) << 3
    this.segment = heap.alloc(bytes)
    this.re = heap.alloc(bytes)
    this.im = heap.alloc(bytes)
  }
  segment: usize = 0
  re: usize = 0
  im: usize = 0
}

let current: Plan | null = null

export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

/** Sets the rate, the transform's size and the noise that the frames to come begin with. */
export function start(fs: f64, fftSize: i32, x: i32, y: i32, z: i32, w: i32): void {
  const known = current
  if (known === null || known.fs != fs || known.fftSize != fftSize) {
    const half = fftSize >> 1
    const shaping = new ShapingSpace(fs / <f64>fftSize, half)
    current = new Plan(fs, fftSize, realPlan(fftSize), cosinePlan(half), shaping, new SegmentSpace(fftSize))
  }
  seedNoise(x, y, z, w)
}

/**
 * Power envelopes of `count` frames in turn, rows of fftSize / 2 + 1 f64 with room for one more behind the last.
 * `signal` is the address where the sample of index 0 would be; `origins` are the frames' middle samples (i32) and
 * `f0Hz` their pitches (f64). The signal must reach over every window.
 */
export function envelopes(signal: usize, origins: usize, f0Hz: usize, count: i32, out: usize): void {
  const plan = current!
  const row = (<usize>(plan.fftSize >> 1) + 1) << 3
  for (let frame: usize = 0; frame < <usize>count; frame++) {
    envelope(plan, signal, load<i32>(origins + (frame << 2)), load<f64>(f0Hz + (frame << 3)), out + frame * row)
  }
}

function envelope(plan: Plan, signal: usize, origin: i32, f0Hz: f64, power: usize): void {
  const half = plan.fftSize >> 1
  const halfSamples = <i32>roundHalfAway((1.5 * plan.fs) / f0Hz)
  const length = 2 * halfSamples + 1
  const noise = takeNormals(length + half + 1)
  const segment = plan.segment
  const from = signal + ((<usize>(origin - halfSamples)) << 3)
  const phaseStep = (2 * Math.PI * f0Hz) / (3 * plan.fs)
  cutSegment(plan.space, from, halfSamples, phaseStep, hann, true, noise, noiseLevel, segment)
  memory.fill(segment + ((<usize>length) << 3), 0, (<usize>(plan.fftSize - length)) << 3)
  realForward(plan.real, segment, plan.re, plan.im)
  powers(plan.re, plan.im, plan.re, half + 1)
  correctDc(plan.shaping, plan.re, f0Hz)
  smooth(plan.shaping, plan.re, (2 * f0Hz) / 3, plan.re)
  addFloor(plan.re, noise + ((<usize>length) << 3), half + 1)
  logarithms(plan.re, half + 1)
  cosineTransform(plan.cosine, plan.re)
  lifter(plan, plan.re, f0Hz)
  cosineTransform(plan.cosine, plan.re)
  exponentials(plan.re, half + 1)
  memory.copy(power, plan.re, (<usize>half + 1) << 3)
}

/** Adds the absolute noise times the precision of an f64: no bin stays zero, or below, where rounding may have left it. */
function addFloor(power: usize, noise: usize, count: i32): void {
  const epsilon = f64x2.splat(f64.EPSILON)
  for (let at: usize = 0, end = (<usize>count) << 3; at < end; at += 16) {
    const floor = f64x2.mul(f64x2.abs(v128.load(noise + at)), epsilon)
    const value = f64x2.pmax(v128.load(power + at), f64x2.splat(0))
    v128.store(power + at, f64x2.add(value, floor))
  }
}

/** A rectangle of width f0, with the compensation of q1; scaled for the transform back. */
function lifter(plan: Plan, cepstrum: usize, f0Hz: f64): void {
  const step = f64x2.splat((Math.PI * f0Hz) / plan.fs)
  const scale: f64 = 1 / <f64>plan.fftSize
  const middle = f64x2.splat(scale)
  const bend = f64x2.splat(-4 * q1 * scale)
  store<f64>(cepstrum, load<f64>(cepstrum) * scale)
  let index = f64x2(1, 2)
  for (let at: usize = 8, end = (<usize>(plan.fftSize >> 1)) << 3; at <= end; at += 16) {
    const angle = f64x2.mul(index, step)
    index = f64x2.add(index, f64x2.splat(2))
    const quadrant = quadrantOf(angle)
    const sine = sineOf(quadrant, remainderOf(angle, quadrant))
    // (1 - 2 q1) + 2 q1 cos of the double angle, which is 1 - 2 sin^2.
    const compensation = f64x2.add(middle, f64x2.mul(bend, f64x2.mul(sine, sine)))
    const weight = f64x2.mul(f64x2.div(sine, angle), compensation)
    v128.store(cepstrum + at, f64x2.mul(v128.load(cepstrum + at), weight))
  }
}
