import { createDifferentialFilter } from '../../shared/conversion/differential-filter.ts'
import { BANDS, meanShape } from '../../shared/evaluation/index.ts'
import type { Heard } from './listening.ts'
import type { Sound } from './read-sound.ts'

/**
 * The baseline that any conversion must beat: one fixed filter that gives the source the target's mean envelope. It
 * fools judges that listen to color alone.
 */
export function equalize(source: Heard, targetMean: Float64Array): Sound {
  const sourceMean = meanShape(source.clip.envelope.shapes)
  const filter = createDifferentialFilter(source.sound.rateHz)
  const samples = source.sound.samples
  const change = {
    frameCount: source.f0.length,
    readDifference: (_frame: number, difference: Float64Array) => {
      for (let band = 0; band < BANDS; band++) difference[band] = targetMean[band] - sourceMean[band]
    },
  }
  const placed = { channels: [Float64Array.from(samples)], firstSamples: 0 }
  const [filtered] = filter.apply(placed, change, 0, samples.length)
  return { samples: Float32Array.from(filtered), rateHz: source.sound.rateHz }
}

/** The target's mean envelope over their training recordings. */
export function meanOfRecordings(recordings: readonly Heard[]): Float64Array {
  const mean = new Float64Array(BANDS)
  const frameTotal = recordings.reduce((sum, { clip }) => sum + clip.envelope.frameCount, 0)
  for (const { clip } of recordings) {
    const own = meanShape(clip.envelope.shapes)
    for (let band = 0; band < BANDS; band++) mean[band] += (own[band] * clip.envelope.frameCount) / frameTotal
  }
  return mean
}
