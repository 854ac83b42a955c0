import { seedNoise } from './numbers/noise'
import { BandEstimator } from './d4c/band-estimator'
import { BandSpreader } from './d4c/band-spreader'
import { LoveTrain } from './d4c/love-train'

/** D4C with LoveTrain (Morise 2016); the twin is `world/d4c.ts`. */

@unmanaged
class Plan {
  constructor(
    public fs: f64,
    public fftSize: i32,
    public loveTrain: LoveTrain,
    public estimator: BandEstimator,
    public spreader: BandSpreader,
  ) {}
  older: Plan | null = null
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
    const share = plan.loveTrain.lowBandShare(signal, load<f64>(positionsSec + at), load<f64>(f0Hz + at))
    store<f64>(out + at, share)
  }
}

function createPlan(fs: f64, bandCount: i32, fftSize: i32): Plan {
  const loveTrain = new LoveTrain(fs, sizeFor(3, fs, 40))
  const estimator = new BandEstimator(fs, sizeFor(4, fs, 47), bandCount)
  const plan = new Plan(fs, fftSize, loveTrain, estimator, new BandSpreader(fs, fftSize, bandCount))
  plan.older = newest
  newest = plan
  return plan
}

/** Aperiodicity of `count` frames as amplitude ratios, rows of fftSize / 2 + 1 f64 with room for three more at the end. */
export function aperiodicities(signal: usize, positionsSec: usize, f0Hz: usize, count: i32, out: usize): void {
  const plan = current!
  const row = (<usize>(plan.fftSize >> 1) + 1) << 3
  for (let frame: usize = 0; frame < <usize>count; frame++) {
    const at = frame << 3
    const bandsDb = plan.estimator.bandsDb(signal, load<f64>(positionsSec + at), load<f64>(f0Hz + at))
    plan.spreader.spread(bandsDb, out + frame * row)
  }
}
