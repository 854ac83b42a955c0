/** Frames of a half spectrum, row-major: power for envelopes, amplitude ratios (0 to 1) for aperiodicity. */
export interface Spectrogram {
  readonly frameCount: number
  readonly binCount: number
  readonly values: Float64Array
}

export const createSpectrogram = (frameCount: number, binCount: number): Spectrogram => ({
  frameCount,
  binCount,
  values: new Float64Array(frameCount * binCount),
})

/** The bins of one frame, as a view. */
export const spectrogramRow = ({ values, binCount }: Spectrogram, frame: number): Float64Array =>
  values.subarray(frame * binCount, (frame + 1) * binCount)
