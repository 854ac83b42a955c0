import { movingMean } from '../dsp/moving-mean.ts'
import { BAND_COUNT } from '../networks/spectral-autoencoder/config.ts'
import { blendReader, type ConvertedVoice } from './converted-voices.ts'
import type { SpectralChange } from './differential-filter.ts'
import type { ExpressedTimbre } from './emotions/prepared-emotion.ts'
import { createFormantChange } from './formant-shift.ts'
import { isZero, valueAt, type OverFrames } from './over-frames.ts'
import type { SourceFeatures } from './source-features.ts'

/** Unvoiced frames are changed half as much: their hiss says little of a voice and tears easily. */
const UNVOICED_SHARE = 0.5
/** Frames averaged to each side when a share changes from frame to frame. */
const SMOOTHING_REACH = 2
/** Under the active threshold the change fades out over this, ln of power, so that room tone is not shaped. */
const FADE_RANGE = 2

export interface ChangeRequest {
  /** Who sings, with shares that sum to 1 at every frame; empty for nobody. */
  readonly voices: readonly ConvertedVoice[]
  readonly strength: number
  /** What an emotion adds, whoever sings. */
  readonly expressed: ExpressedTimbre | null
  /** Semitones that the formants move by, whoever sings. */
  readonly formant: OverFrames
}

/** What the filter has to do to the source, frame by frame, computed when asked for. */
export function spectralChange(features: SourceFeatures, request: ChangeRequest): SpectralChange {
  const { voices, strength, expressed, formant } = request
  const share = movingMean(
    features.energies.map((_, frame) => activity(features, frame) * voicedShare(features, frame)),
    SMOOTHING_REACH,
  )
  const readConverted = voices.length > 0 ? blendReader(features, voices) : null
  const source = new Float64Array(BAND_COUNT)
  const level = expressed?.level ?? null
  const addFormants = isZero(formant) ? null : formantAdder(features, formant)
  return {
    frameCount: features.frameCount,
    readDifference(frame, difference) {
      difference.fill(0)
      if (readConverted) {
        readConverted(frame, difference)
        features.lm.read(frame, source)
        for (let band = 0; band < BAND_COUNT; band++) difference[band] = (difference[band] - source[band]) * strength
      }
      expressed?.addShape(frame, difference)
      for (let band = 0; band < BAND_COUNT; band++) difference[band] *= share[frame]
      addFormants?.(frame, difference)
    },
    ...(level && { levelChange: Float64Array.from(level, (change, frame) => change * activity(features, frame)) }),
  }
}

/** Moves the formants of what a frame is changed to, breath and hiss too: they come out of the same mouth. */
function formantAdder(
  features: SourceFeatures,
  formant: OverFrames,
): (frame: number, difference: Float64Array) => void {
  const addChange = createFormantChange()
  const share = movingMean(
    features.energies.map((_, frame) => activity(features, frame)),
    SMOOTHING_REACH,
  )
  const envelope = new Float64Array(BAND_COUNT)
  const move = new Float64Array(BAND_COUNT)
  return (frame, difference) => {
    features.lm.read(frame, envelope)
    for (let band = 0; band < BAND_COUNT; band++) envelope[band] += difference[band]
    addChange(envelope, 0, valueAt(formant, frame), move.fill(0))
    for (let band = 0; band < BAND_COUNT; band++) difference[band] += move[band] * share[frame]
  }
}

const voicedShare = ({ f0 }: SourceFeatures, frame: number): number => (f0[frame] > 0 ? 1 : UNVOICED_SHARE)

const activity = ({ energies, activeThreshold }: SourceFeatures, frame: number) =>
  Math.min(Math.max((energies[frame] - activeThreshold) / FADE_RANGE + 1, 0), 1)
