/** One stretch of a signal whose pitch is searched, and the frames to search it for. */
@unmanaged
export class SignalStretch {
  /** The samples from `reach` before the first output on, zero outside the signal, long enough for every block. */
  padded: usize = 0
  reach: i32 = 0
  /** Index of the first output in the signal, and how many there are. */
  origin: i32 = 0
  length: i32 = 0
  fs: f64 = 0
  /** Samples a frame. */
  spacing: f64 = 0
  firstFrame: i32 = 0
  frames: i32 = 0
  f0FloorHz: f64 = 0
  f0CeilHz: f64 = 0
}
