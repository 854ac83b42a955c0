import { assertAnalyzable, stoneMask } from '../../world/index.ts'
import { smoothWithinNotes } from '../smooth-within-notes.ts'
import type { PitchTracker } from '../tracker.ts'
import { gatherEvidence } from './evidence.ts'

/** A refinement that goes farther (relative) heard something else: two notes at once, or noise. */
const farthestRefinement = 0.04

/**
 * Candidates from the autocorrelation of the tilted spectrum; one path through them decides pitch and voicing
 * together; refined by instantaneous frequency (StoneMask) and smoothed within each note.
 */
export const autocorrelation: PitchTracker = {
  id: 'autocorrelation',
  label: 'Autocorrelation',
  track(x, fs, options = {}, kernel) {
    assertAnalyzable(x, fs)
    const { fine, f0Hz, confidence } = gatherEvidence(x, fs, options)
    const refined = stoneMask(fine.samples, fine.rateHz, f0Hz, options.framePeriodSec, kernel)
    const kept = f0Hz.map((hz, i) => (Math.abs(refined[i] - hz) <= farthestRefinement * hz ? refined[i] : hz))
    return { f0Hz: smoothWithinNotes(kept), confidence }
  },
}
