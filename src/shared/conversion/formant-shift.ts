import { semitonesToRatio } from '../units/pitch.ts'
import type { Numbers } from '../dsp/numbers.ts'
import type { FilterKernel } from '../kernels/differential-filter.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { createDifferentialFilter, type SpectralChange } from './differential-filter.ts'
import { melBands } from './features.ts'

/** Beyond this a voice is no longer one: a tract a third longer or shorter than it was. */
export const GREATEST_FORMANT_SHIFT = 6

/**
 * Adds to `difference` the change of ln power that moves the formants of one frame by `semitones` (−6…6) and leaves
 * its pitch: the envelope read at f / ratio, less the envelope. `lm` holds ln power in 64 mel bands from `first` on.
 * Below the lowest and above the highest band the outermost level counts.
 */
export type AddFormantChange = (lm: Numbers, first: number, semitones: number, difference: Float64Array) => void

/** The last shift's bands are kept, so that a constant costs no more than its reading. */
export function createFormantChange(): AddFormantChange {
  let bands = warpedBands(1)
  let current = 0
  return (lm, first, semitones, difference) => {
    const held = heldShift(semitones)
    if (held === 0) return
    if (held !== current) bands = warpedBands(semitonesToRatio(held))
    current = held
    for (let band = 0; band < BAND_COUNT; band++) {
      const left = first + bands.left[band]
      const moved = lm[left] + (lm[left + 1] - lm[left]) * bands.share[band]
      difference[band] += moved - lm[first + band]
    }
  }
}

/** The change for all frames of `lm`, ln power in 64 mel bands per 5 ms frame. A frame keeps its energy, as the filter does. */
export function formantChange(lm: Numbers, semitones: number): SpectralChange {
  const addChange = createFormantChange()
  return {
    frameCount: lm.length / BAND_COUNT,
    readDifference(frame, difference) {
      difference.fill(0)
      addChange(lm, frame * BAND_COUNT, semitones, difference)
    },
  }
}

/**
 * A sound with its formants moved: same pitch, length and level. Channels stand at frame 0 of `lm`, their envelope as
 * `analyzeEnvelopes` gives it. A shift of 0 gives the sound back bit for bit.
 */
export function shiftFormants(
  channels: readonly Float64Array[],
  rateHz: number,
  lm: Numbers,
  semitones: number,
  kernel?: FilterKernel,
): Float64Array[] {
  if (heldShift(semitones) === 0) return channels.map((channel) => channel.slice())
  const sound = { channels, firstSamples: 0 }
  const length = channels[0]?.length ?? 0
  return createDifferentialFilter(rateHz, kernel).apply(sound, formantChange(lm, semitones), 0, length)
}

const heldShift = (semitones: number): number =>
  Math.min(Math.max(semitones, -GREATEST_FORMANT_SHIFT), GREATEST_FORMANT_SHIFT)

/** Where each band's center is read: linear over Hz between the bands' centers. */
function warpedBands(ratio: number) {
  const { centersHz } = melBands()
  const left = new Int32Array(BAND_COUNT)
  const share = new Float64Array(BAND_COUNT)
  for (let band = 0, at = 0; band < BAND_COUNT; band++) {
    const hz = centersHz[band] / ratio
    while (at < BAND_COUNT - 2 && centersHz[at + 1] < hz) at++
    left[band] = at
    share[band] = Math.min(Math.max((hz - centersHz[at]) / (centersHz[at + 1] - centersHz[at]), 0), 1)
  }
  return { left, share }
}
