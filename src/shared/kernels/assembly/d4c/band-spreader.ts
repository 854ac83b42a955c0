import { exponentials } from '../common/arrays'

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
    this.parts = heap.alloc((<usize>bins + 2) << 3)
    this.starts = heap.alloc((<usize>bandCount + 2) << 2)
    this.work = heap.alloc((<usize>bins + 2) << 3)
    let segment = 0
    store<i32>(this.starts, 0)
    for (let k = 0; k < bins; k++) {
      const hz = (<f64>k * fs) / <f64>fftSize
      while (segment < bandCount && hz >= <f64>(segment + 1) * bandHz) {
        segment++
        store<i32>(this.starts + ((<usize>segment) << 2), k)
      }
      const low = <f64>segment * bandHz
      const high = segment < bandCount ? low + bandHz : fs / 2
      store<f64>(this.parts + ((<usize>k) << 3), (hz - low) / (high - low))
    }
    store<i32>(this.starts + ((<usize>bandCount + 1) << 2), bins)
  }
  bins: i32 = 0
  bandCount: i32 = 0
  /** How far every bin lies between the two levels around it. */
  parts: usize = 0
  /** First bin of the stretch between two levels, and the end of the last (i32). */
  starts: usize = 0
  work: usize = 0

  /** `bandsDb` holds one level a band; the ratios go to `out`. */
  spread(bandsDb: usize, out: usize): void {
    const nepersPerDb = Math.LN10 / 20
    for (let segment = 0; segment <= this.bandCount; segment++) {
      const low = segment == 0 ? lowestDb : load<f64>(bandsDb + ((<usize>(segment - 1)) << 3))
      const high = segment == this.bandCount ? highestDb : load<f64>(bandsDb + ((<usize>segment) << 3))
      const starts = this.starts + ((<usize>segment) << 2)
      for (let k = load<i32>(starts), end = load<i32>(starts, 4); k < end; k++) {
        const at = (<usize>k) << 3
        store<f64>(this.work + at, (low + load<f64>(this.parts + at) * (high - low)) * nepersPerDb)
      }
    }
    exponentials(this.work, this.bins)
    memory.copy(out, this.work, (<usize>this.bins) << 3)
  }
}
