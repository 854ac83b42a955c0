import { logarithms } from './numbers/over-arrays'
import { CosinePlan, cosinePlan, cosineTransform } from './transforms/cosine-transform'
import { cosineOf, quadrantOf, remainderOf, sineOf, smallCosine, smallSine } from './numbers/elementary'
import { seedNoise, takeNormals } from './numbers/noise'
import { realForward, realInverse, realPlan, RealPlan } from './transforms/real-fft'
import { SinePlan, sinePlan, sineTransform } from './transforms/sine-transform'

/** WORLD's synthesis (Morise 2016), pulse by pulse; the twin is `world/synthesis.ts`, where constants have reasons. */

const leastAperiodicity: f64 = 0.001
const mostAperiodicity: f64 = 1.0 - 1e-12
const mostPeriodicShare: f64 = 0.999
const safeguard: f64 = 1e-12
const leastPower: f64 = 1e-300

@unmanaged
class Plan {
  constructor(
    public fftSize: i32,
    public real: RealPlan,
    public cosine: CosinePlan,
    public sine: SinePlan,
  ) {
    const bytes = (<usize>fftSize + 4) << 3
    this.power = heap.alloc(bytes)
    this.share = heap.alloc(bytes)
    this.amplitude = heap.alloc(bytes)
    this.cepstrum = heap.alloc(bytes)
    this.re = heap.alloc(bytes)
    this.im = heap.alloc(bytes)
    this.noiseRe = heap.alloc(bytes)
    this.noiseIm = heap.alloc(bytes)
    this.samples = heap.alloc(bytes)
    this.dcRemover = heap.alloc(bytes)
    fillDcRemover(this.dcRemover, fftSize)
  }
  older: Plan | null = null
  power: usize = 0
  share: usize = 0
  amplitude: usize = 0
  cepstrum: usize = 0
  re: usize = 0
  im: usize = 0
  noiseRe: usize = 0
  noiseIm: usize = 0
  samples: usize = 0
  dcRemover: usize = 0
}

/** Plans that were needed so far: sizes are few. */
let newest: Plan | null = null
let current: Plan | null = null

export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

/** Sets the transform's size and the noise that the pulses to come begin with. */
export function start(fftSize: i32, x: i32, y: i32, z: i32, w: i32): void {
  let plan = newest
  while (plan !== null && plan.fftSize != fftSize) plan = plan.older
  if (plan === null) {
    const half = fftSize >> 1
    plan = new Plan(fftSize, realPlan(fftSize), cosinePlan(half), sinePlan(half))
    plan.older = newest
    newest = plan
  }
  current = plan
  seedNoise(x, y, z, w)
}

/** A Hann window without its zeros, of sum 1. */
function fillDcRemover(window: usize, size: i32): void {
  let sum: f64 = 0
  for (let i = 0; i < size; i++) {
    const value = 0.5 - 0.5 * Math.cos((2 * Math.PI * <f64>(i + 1)) / <f64>(size + 1))
    store<f64>(window + ((<usize>i) << 3), value)
    sum += value
  }
  for (let at: usize = 0, end = (<usize>size) << 3; at < end; at += 8)
    store<f64>(window + at, load<f64>(window + at) / sum)
}

/**
 * Adds the responses to `count` pulses to `out`. `power` and `aperiodicity` are the addresses where frame 0's rows would
 * lie. Of every pulse: its fractional frame among `frameCount`, its delay behind a sample in radians a bin, whether it
 * is voiced, how many samples its noise lasts, and the sample of `out` that its response starts at.
 */
export function pulses(
  power: usize,
  aperiodicity: usize,
  frameCount: i32,
  positions: usize,
  angles: usize,
  isVoiced: usize,
  noiseSamples: usize,
  starts: usize,
  count: i32,
  out: usize,
): void {
  const plan = current!
  for (let pulse: usize = 0; pulse < <usize>count; pulse++) {
    const length = load<i32>(noiseSamples + (pulse << 2))
    // A pulse without noise is the last one, of no energy.
    if (length == 0) continue
    const voiced = load<i32>(isVoiced + (pulse << 2)) != 0
    const to = out + ((<usize>load<i32>(starts + (pulse << 2))) << 3)
    readBetweenFrames(plan, power, aperiodicity, load<f64>(positions + (pulse << 3)), frameCount)
    if (voiced && load<f64>(plan.share) <= mostPeriodicShare) {
      addPeriodic(plan, load<f64>(angles + (pulse << 3)), Math.sqrt(<f64>length), to)
    }
    addNoise(plan, voiced, min(length, plan.fftSize), to)
  }
}

/** Power and squared aperiodicity at a fractional frame. */
function readBetweenFrames(plan: Plan, power: usize, aperiodicity: usize, position: f64, frameCount: i32): void {
  const last = frameCount - 1
  const frame = min(<i32>Math.floor(position), last)
  const next = min(<i32>Math.ceil(position), last)
  const row = (<usize>(plan.fftSize >> 1) + 1) << 3
  const before = <usize>frame * row
  const after = <usize>next * row
  const part = f64x2.splat(frame == next ? 0 : position - <f64>frame)
  const low = f64x2.splat(leastAperiodicity)
  const high = f64x2.splat(mostAperiodicity)
  const zero = f64x2.splat(0)
  for (let at: usize = 0; at < row; at += 16) {
    const a = f64x2.pmax(zero, v128.load(power + before + at))
    const b = f64x2.pmax(zero, v128.load(power + after + at))
    v128.store(plan.power + at, f64x2.add(a, f64x2.mul(part, f64x2.sub(b, a))))
    const c = f64x2.pmin(high, f64x2.pmax(low, v128.load(aperiodicity + before + at)))
    const d = f64x2.pmin(high, f64x2.pmax(low, v128.load(aperiodicity + after + at)))
    const ratio = f64x2.add(c, f64x2.mul(part, f64x2.sub(d, c)))
    v128.store(plan.share + at, f64x2.mul(ratio, ratio))
  }
}

function addPeriodic(plan: Plan, angle: f64, level: f64, out: usize): void {
  const half = plan.fftSize >> 1
  const one = f64x2.splat(1)
  for (let at: usize = 0, end = (<usize>half) << 3; at <= end; at += 16) {
    const periodic = f64x2.mul(v128.load(plan.power + at), f64x2.sub(one, v128.load(plan.share + at)))
    v128.store(plan.amplitude + at, f64x2.add(periodic, f64x2.splat(safeguard)))
  }
  minimumPhase(plan, angle)
  realInverse(plan.real, plan.re, plan.im, plan.samples)
  const middle = (<usize>half) << 3
  let sums = f64x2.splat(0)
  for (let at: usize = 0; at < middle; at += 16) sums = f64x2.add(sums, v128.load(plan.samples + at))
  const sum = f64x2.splat(f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1))
  const levels = f64x2.splat(level)
  for (let at: usize = 0; at < middle; at += 16) {
    const removed = f64x2.mul(sum, v128.load(plan.dcRemover + at))
    v128.store(out + at, f64x2.sub(v128.load(out + at), f64x2.mul(levels, removed)))
    const later = middle + at
    const kept = f64x2.sub(v128.load(plan.samples + at), f64x2.mul(sum, v128.load(plan.dcRemover + later)))
    v128.store(out + later, f64x2.add(v128.load(out + later), f64x2.mul(levels, kept)))
  }
}

function addNoise(plan: Plan, isVoiced: bool, length: i32, out: usize): void {
  const half = plan.fftSize >> 1
  const end = (<usize>half) << 3
  const floor = f64x2.splat(leastPower)
  for (let at: usize = 0; at <= end; at += 16) {
    const loudness = v128.load(plan.power + at)
    const noisy = isVoiced ? f64x2.mul(loudness, v128.load(plan.share + at)) : loudness
    v128.store(plan.amplitude + at, f64x2.pmax(floor, noisy))
  }
  minimumPhase(plan, 0)
  fillNoise(plan.samples, length, plan.fftSize)
  realForward(plan.real, plan.samples, plan.noiseRe, plan.noiseIm)
  for (let at: usize = 0; at <= end; at += 16) {
    const re = v128.load(plan.re + at)
    const im = v128.load(plan.im + at)
    const noiseRe = v128.load(plan.noiseRe + at)
    const noiseIm = v128.load(plan.noiseIm + at)
    v128.store(plan.re + at, f64x2.sub(f64x2.mul(re, noiseRe), f64x2.mul(im, noiseIm)))
    v128.store(plan.im + at, f64x2.add(f64x2.mul(re, noiseIm), f64x2.mul(im, noiseRe)))
  }
  realInverse(plan.real, plan.re, plan.im, plan.samples)
  for (let at: usize = 0; at < end; at += 16) {
    const later = end + at
    v128.store(out + at, f64x2.add(v128.load(out + at), v128.load(plan.samples + later)))
    v128.store(out + later, f64x2.add(v128.load(out + later), v128.load(plan.samples + at)))
  }
}

/**
 * Turns the power in `amplitude` into the spectrum of the minimum-phase response, delayed by `angle` radians a bin, in
 * `re` and `im`. The folded cepstrum's spectrum has the log amplitude itself as real part; only its imaginary part, the
 * phase, takes a transform.
 */
function minimumPhase(plan: Plan, angle: f64): void {
  const half = plan.fftSize >> 1
  const bytes = (<usize>half) << 3
  memory.copy(plan.cepstrum, plan.amplitude, bytes + 8)
  logarithms(plan.cepstrum, half + 1)
  cosineTransform(plan.cosine, plan.cepstrum)
  sineTransform(plan.sine, plan.cepstrum)
  // Half of the log power's transform, over fftSize, with the spectrum's sign.
  const scale = f64x2.splat(-0.5 / <f64>plan.fftSize)
  const angles = f64x2.splat(angle)
  let index = f64x2(0, 1)
  for (let at: usize = 0; at <= bytes; at += 16) {
    const amplitude = f64x2.sqrt(v128.load(plan.amplitude + at))
    const phase = f64x2.sub(f64x2.mul(scale, v128.load(plan.cepstrum + at)), f64x2.mul(index, angles))
    index = f64x2.add(index, f64x2.splat(2))
    const quadrant = quadrantOf(phase)
    const rest = remainderOf(phase, quadrant)
    const square = f64x2.mul(rest, rest)
    const small = smallSine(rest, square)
    const smallCos = smallCosine(square)
    v128.store(plan.re + at, f64x2.mul(amplitude, cosineOf(quadrant, small, smallCos)))
    v128.store(plan.im + at, f64x2.mul(amplitude, sineOf(quadrant, small, smallCos)))
  }
}

/** Normals of mean 0, and zeros behind them. */
function fillNoise(samples: usize, length: i32, size: i32): void {
  const noise = takeNormals(length)
  const bytes = (<usize>length) << 3
  let sum: f64 = 0
  for (let at: usize = 0; at < bytes; at += 8) sum += load<f64>(noise + at)
  const mean = sum / <f64>length
  for (let at: usize = 0; at < bytes; at += 8) store<f64>(samples + at, load<f64>(noise + at) - mean)
  memory.fill(samples + bytes, 0, ((<usize>size) << 3) - bytes)
}
