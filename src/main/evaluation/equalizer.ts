import { createDifferentialFilter } from '../../shared/conversion/differential-filter.ts'
import { BANDS, meanShape } from '../../shared/evaluation/index.ts'
import type { Heard } from './listening.ts'
import type { Sound } from './read-sound.ts'

/** From the lowest to the highest band of `tilt`: 6 dB softer to 6 dB louder. */
const TILT_DB = 6
const LN_POWER_PER_DB = Math.LN10 / 10

/**
 * The baseline that any conversion must beat: one fixed filter that gives the source the target's mean envelope. It
 * fools judges that listen to color alone.
 */
export function equalize(source: Heard, targetMean: Float64Array): Sound {
  const sourceMean = meanShape(source.clip.envelope.shapes)
  return filterSound(source, (band) => targetMean[band] - sourceMean[band])
}

/** The source through a gentle tone control, which changes nothing of a voice: how much a judge is moved by that. */
export const tilt = (source: Heard): Sound =>
  filterSound(source, (band) => TILT_DB * LN_POWER_PER_DB * ((2 * band) / (BANDS - 1) - 1))

function filterSound({ sound, f0 }: Heard, changeOf: (band: number) => number): Sound {
  const filter = createDifferentialFilter(sound.rateHz)
  const change = {
    frameCount: f0.length,
    readDifference: (_frame: number, difference: Float64Array) => {
      for (let band = 0; band < BANDS; band++) difference[band] = changeOf(band)
    },
  }
  const placed = { channels: [Float64Array.from(sound.samples)], firstSamples: 0 }
  const [filtered] = filter.apply(placed, change, 0, sound.samples.length)
  return { samples: Float32Array.from(filtered), rateHz: sound.rateHz }
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
