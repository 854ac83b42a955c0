import { expOf } from '../numbers/elementary'

/** Level at 0 Hz: a voice is periodic there. */
const lowestDb: f64 = -60
/** Level at the Nyquist frequency. */
const highestDb: f64 = -1e-12
const bandHz: f64 = 3000

/** Spreads band levels over the bins of a half spectrum; the twin is `createBandSpreader` of `world`. */
@unmanaged
export class BandSpreader {
  constructor(fs: f64, fftSize: i32, bandCount: i32) {
    const bins = (fftSize >> 1) + 1
    this.bins = bins
    this.bandCount = bandCount
    this.hzPerBin = fs / <f64>fftSize
    this.nyquistHz = fs / 2
    this.starts = heap.alloc((<usize>bandCount + 2) << 2)
    let segment = 0
    store<i32>(this.starts, 0)
    for (let k = 0; k < bins; k++) {
      const hz = (<f64>k * fs) / <f64>fftSize
      while (segment < bandCount && hz >= <f64>(segment + 1) * bandHz) {
        segment++
        store<i32>(this.starts + ((<usize>segment) << 2), k)
      }
    }
    store<i32>(this.starts + ((<usize>bandCount + 1) << 2), bins)
  }
  bins: i32 = 0
  bandCount: i32 = 0
  hzPerBin: f64 = 0
  nyquistHz: f64 = 0
  /** First bin of the stretch between two levels, and the end of the last (i32). */
  starts: usize = 0

  /** `bandsDb` holds one level a band; the ratios go to `out`, which has room for three more. */
  spread(bandsDb: usize, out: usize): void {
    const nepersPerDb = Math.LN10 / 20
    const hzPerBin = this.hzPerBin
    for (let segment = 0; segment <= this.bandCount; segment++) {
      const lowDb = segment == 0 ? lowestDb : load<f64>(bandsDb + ((<usize>(segment - 1)) << 3))
      const highDb = segment == this.bandCount ? highestDb : load<f64>(bandsDb + ((<usize>segment) << 3))
      const lowHz = <f64>segment * bandHz
      const width = segment < this.bandCount ? bandHz : this.nyquistHz - lowHz
      const step = ((highDb - lowDb) / width) * hzPerBin * nepersPerDb
      const starts = this.starts + ((<usize>segment) << 2)
      const first = load<i32>(starts)
      const firstLevel = lowDb * nepersPerDb + (<f64>first - lowHz / hzPerBin) * step
      fillGeometric(out + ((<usize>first) << 3), load<i32>(starts, 4) - first, firstLevel, step)
    }
  }
}

/** e^(level + i step) for i = 0 … count - 1, by four chains of multiplications, and up to three values more. */
function fillGeometric(out: usize, count: i32, level: f64, step: f64): void {
  let even = expOf(f64x2.replace_lane(f64x2.splat(level), 1, level + step))
  let odd = expOf(f64x2.replace_lane(f64x2.splat(level + 2 * step), 1, level + 3 * step))
  const factor = expOf(f64x2.splat(4 * step))
  for (let at = out, end = out + ((<usize>count) << 3); at < end; at += 32) {
    v128.store(at, even)
    v128.store(at, odd, 16)
    even = f64x2.mul(even, factor)
    odd = f64x2.mul(odd, factor)
  }
}
