import { silentProgress } from '../base/progress.ts'
import { addRatios, measureHarmonicsToNoise, ratiosDb, type BandRatios } from '../conversion/harmonics-to-noise.ts'
import { sourceOf } from '../conversion/sound.ts'
import { planSpan, surveySpan } from '../conversion/windows.ts'

/** A recording with its pitch, Hz per 5 ms, 0 unvoiced. */
export interface PitchedSound {
  readonly samples: Float32Array
  readonly rateHz: number
  readonly f0: Float32Array
}

/**
 * How far a voice's share of breath is from a person's: the mean over 80–1,000, 1–2 k, 2–4 k, 4–6 k and 6–9 kHz of the
 * difference of their harmonics-to-noise ratios, dB. The ratio is the power of what repeats from period to period over
 * the power of the rest, in voiced frames, over all of a person's recordings together.
 */
export function breathDistanceDb(sound: PitchedSound, person: readonly PitchedSound[]): number {
  const found = ratiosDb(bandRatios(sound))
  const wanted = ratiosDb(addRatios(person.map(bandRatios)))
  return found.reduce((sum, db, band) => sum + Math.abs(db - wanted[band]), 0) / found.length
}

function bandRatios({ samples, rateHz, f0 }: PitchedSound): BandRatios {
  const span = planSpan(sourceOf([samples], rateHz), 0, samples.length)
  return measureHarmonicsToNoise(span, surveySpan(span, silentProgress), f0, silentProgress)
}
