import { exponentials, logarithms, powers, roundHalfAway } from './numbers/over-arrays'
import { CosinePlan, cosinePlan, cosineTransform } from './transforms/cosine-transform'
import { seedNoise, takeNormals } from './numbers/noise'
import { realForward, realPlan, RealPlan } from './transforms/real-fft'
import { cutSegment, hann, SegmentSpace } from './spectra/windowed-segment'
import { correctDc, ShapingSpace, smooth } from './spectra/spectrum-shaping'

/** CheapTrick (Morise 2015); the twin is `world/cheaptrick.ts`. */

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

/** Sets the rate, the transform's size and the noise that the frames to come begin with. */
export function start(fs: f64, fftSize: i32, x: i32, y: i32, z: i32, w: i32): void {
  let plan = newest
  while (plan !== null && (plan.fs != fs || plan.fftSize != fftSize)) plan = plan.older
  if (plan === null) {
    const half = fftSize >> 1
    const shaping = new ShapingSpace(fs / <f64>fftSize, half)
    plan = new Plan(fs, fftSize, realPlan(fftSize), cosinePlan(half), shaping, new SegmentSpace(fftSize))
    plan.older = newest
    newest = plan
  }
  current = plan
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

/**
 * A rectangle of width f0, with the compensation of q1; scaled for the transform back. The sines come by rotation, eight
 * chains of at most a few hundred turns, which stay exact to 1e-13.
 */
function lifter(plan: Plan, cepstrum: usize, f0Hz: f64): void {
  const angle = (Math.PI * f0Hz) / plan.fs
  const scale: f64 = 1 / <f64>plan.fftSize
  const turn = 8 * angle
  const turnCos = f64x2.splat(Math.cos(turn))
  const turnSin = f64x2.splat(Math.sin(turn))
  const middle = f64x2.splat(scale)
  const bend = f64x2.splat(-4 * q1 * scale)
  const end = (<usize>(plan.fftSize >> 1)) << 3
  store<f64>(cepstrum, load<f64>(cepstrum) * scale)
  for (let chain = 1; chain < 8; chain += 2) {
    const first = <f64>chain * angle
    const second = <f64>(chain + 1) * angle
    let sine = f64x2.replace_lane(f64x2.splat(Math.sin(first)), 1, Math.sin(second))
    let cosine = f64x2.replace_lane(f64x2.splat(Math.cos(first)), 1, Math.cos(second))
    let angles = f64x2.replace_lane(f64x2.splat(first), 1, second)
    for (let at = (<usize>chain) << 3; at <= end; at += 64) {
      // (1 - 2 q1) + 2 q1 cos of the double angle, which is 1 - 2 sin^2.
      const compensation = f64x2.add(middle, f64x2.mul(bend, f64x2.mul(sine, sine)))
      const weight = f64x2.mul(f64x2.div(sine, angles), compensation)
      v128.store(cepstrum + at, f64x2.mul(v128.load(cepstrum + at), weight))
      const turned = f64x2.add(f64x2.mul(sine, turnCos), f64x2.mul(cosine, turnSin))
      cosine = f64x2.sub(f64x2.mul(cosine, turnCos), f64x2.mul(sine, turnSin))
      sine = turned
      angles = f64x2.add(angles, f64x2.splat(turn))
    }
  }
}
