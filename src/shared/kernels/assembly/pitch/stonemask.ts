import { WorkSpace, reserve } from '../memory/work-space'
import { createMeter, differentiate, fold, measure, Meter, mostHarmonics, setHalf, shape } from './frequency-meter'

/** StoneMask: refines a contour by instantaneous frequency. The twin is `world/stonemask.ts`. */

@unmanaged
export class StoneMaskSpan {
  /** Where sample 0 of the signal lies or would lie; its edges are held beyond either end. */
  signal: usize = 0
  fs: f64 = 0
  framePeriodSec: f64 = 0
  lowestF0Hz: f64 = 0
  highestF0Hz: f64 = 0
  firstHarmonics: i32 = 0
  farthestStep: f64 = 0
  safeguard: f64 = 0
}

const bins: usize = memory.data(32)
const indicesSpace = new WorkSpace()
const samplesSpace = new WorkSpace()
const weightsSpace = new WorkSpace()
let meter: Meter = changetype<Meter>(0)

/** In place: Hz of `count` frames from `firstFrame` on, 0 unvoiced. */
export function refineContour(span: StoneMaskSpan, f0: usize, firstFrame: i32, count: i32): void {
  for (let i = 0; i < count; i++) {
    const at = f0 + ((<usize>i) << 3)
    store<f64>(at, refineFrame(span, load<f64>(at), firstFrame + i))
  }
}

function refineFrame(span: StoneMaskSpan, f0: f64, frame: i32): f64 {
  if (!(f0 > span.lowestF0Hz && f0 <= span.highestF0Hz)) return 0
  prepareMeter(<i32>Math.floor((1.5 * span.fs) / f0 + 1))
  place(span, (<f64>frame * 1000 * span.framePeriodSec) / 1000)
  const tentative = weightedMean(span, f0, span.firstHarmonics)
  const refined = tentative <= 0 || tentative > 2 * f0 ? 0 : weightedMean(span, tentative, mostHarmonics)
  return Math.abs(refined - f0) > span.farthestStep * f0 ? f0 : refined
}

function prepareMeter(half: i32): void {
  if (changetype<usize>(meter) == 0 || meter.capacity < half) meter = createMeter(2 * half)
  setHalf(meter, half)
}

/**
 * Every sample under the window is rounded for itself, as in the reference: where a frame lies between two samples, the
 * last bit of its position decides which one is taken.
 */
function place(span: StoneMaskSpan, positionSec: f64): void {
  const half = meter.half
  const length = 2 * half + 1
  const indices = reserve(indicesSpace, (<usize>length) << 2)
  for (let i = 0; i < length; i++) {
    const exact = (positionSec + <f64>(i - half) / span.fs) * span.fs
    const rounded = exact >= 0 ? Math.floor(exact + 0.5) : Math.ceil(exact - 0.5)
    store<i32>(indices + ((<usize>i) << 2), <i32>rounded - 1)
  }
  const middle = load<i32>(indices + ((<usize>half) << 2))
  shape(meter, <f64>middle - positionSec * span.fs)
  const middleAt = span.signal + ((<usize>middle) << 3)
  if (isRegular(indices, length, middle - half)) fold(meter, middleAt)
  else foldIrregular(indices, length, middle, middleAt)
}

function isRegular(indices: usize, length: i32, first: i32): bool {
  for (let i = 0; i < length; i++) if (load<i32>(indices + ((<usize>i) << 2)) != first + i) return false
  return true
}

/** The window's weights belong to samples: a sample that is taken twice has its weight twice. */
function foldIrregular(indices: usize, length: i32, middle: i32, middleAt: usize): void {
  const half = meter.half
  const samples = reserve(samplesSpace, (<usize>length) << 3)
  const weights = reserve(weightsSpace, (<usize>length) << 3)
  const windowAt = meter.window + 8 + ((<usize>half) << 3)
  for (let i = 0; i < length; i++) {
    const steps = (<isize>(load<i32>(indices + ((<usize>i) << 2)) - middle)) << 3
    store<f64>(samples + ((<usize>i) << 3), load<f64>(middleAt + steps))
    store<f64>(weights + ((<usize>i) << 3), load<f64>(windowAt + steps))
  }
  memory.copy(meter.window + 8, weights, (<usize>length) << 3)
  differentiate(meter)
  fold(meter, samples + ((<usize>half) << 3))
}

function weightedMean(span: StoneMaskSpan, f0: f64, harmonics: i32): f64 {
  const perHarmonic = (f0 * <f64>meter.fftSize) / span.fs
  for (let h = 0; h < harmonics; h++) {
    const bin = <i32>Math.floor(perHarmonic * <f64>(h + 1) + 0.5)
    store<i32>(bins + ((<usize>h) << 2), min(bin, meter.fftSize / 2))
  }
  measure(meter, span.fs, bins, harmonics)
  let weighted: f64 = 0
  let weights: f64 = 0
  for (let h = 0; h < harmonics; h++) {
    const at = (<usize>load<i32>(bins + ((<usize>h) << 2))) << 3
    weighted += load<f64>(meter.amplitudes + at) * load<f64>(meter.frequenciesHz + at)
    weights += load<f64>(meter.amplitudes + at) * <f64>(h + 1)
  }
  return weighted / (weights + span.safeguard)
}
