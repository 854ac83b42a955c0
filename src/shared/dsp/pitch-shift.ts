import { secondsToSamples, type Hertz } from '../units/time.ts'
import { semitonesToRatio } from '../units/pitch.ts'
import { readHermite } from './hermite.ts'
import { periodicHannWindow } from './window.ts'

/** Between grains; each is twice as long. */
const GRAIN_HOP_SEC = 0.02
/** A grain may be read so much earlier or later: half a period of the lowest note that is to stay whole, 40 Hz. */
const SEARCH_SEC = 0.0125
/** Blended with the sound as it was at both borders, inside of the span. */
const FADE_SEC = 0.005
/** Four points are read around every position. */
const LEAST_SAMPLES = 4

/** Part of a sound, and by how much its pitch moves. */
export interface ShiftedSpan {
  readonly startSamples: number
  readonly lengthSamples: number
  readonly semitones: number
}

/**
 * A copy of a sound in which one span has another pitch: as long as before, and bit-identical outside of the span.
 * Grains are read faster or slower, each from where it continues the one before best (waveform similarity overlap-add;
 * Verhelst and Roelands 1993), so that any sound, of many voices too, keeps its timing.
 */
export function shiftSpan(samples: Float32Array, span: ShiftedSpan, rateHz: Hertz): Float32Array {
  const shifted = samples.slice()
  const { startSamples: start, lengthSamples: length, semitones } = span
  if (semitones === 0 || samples.length < LEAST_SAMPLES) return shifted
  const ratio = semitonesToRatio(semitones)
  const hop = Math.max(secondsToSamples(GRAIN_HOP_SEC, rateHz), 1)
  const fade = Math.max(secondsToSamples(FADE_SEC, rateHz), 1)
  const window = periodicHannWindow(2 * hop)
  const search = secondsToSamples(SEARCH_SEC, rateHz)
  const sum = new Float64Array(length)
  let before = start
  for (let grain = 0; (grain - 1) * hop < length; grain++) {
    const center = start + grain * hop
    // The middle of the sound that is read for this grain.
    const from =
      grain === 0 ? center : center + likestOffset(samples, before, center - ratio * hop, ratio * hop, search)
    for (let i = 0; i < 2 * hop; i++) {
      const at = (grain - 1) * hop + i
      if (at >= 0 && at < length) sum[at] += window[i] * readHermite(samples, from + ratio * (i - hop))
    }
    before = from
  }
  for (let at = 0; at < length; at++) {
    const share = Math.min((at + 1) / (fade + 1), (length - at) / (fade + 1), 1)
    shifted[start + at] += share * (sum[at] - samples[start + at])
  }
  return shifted
}

/** By how much a stretch has to be moved to look most like another: the offset of the highest normalized correlation. */
function likestOffset(
  samples: Float32Array,
  like: number,
  around: number,
  lengthSamples: number,
  search: number,
): number {
  const [model, middle, count] = [like, around, lengthSamples].map(Math.round)
  const at = (index: number) => samples[index] ?? 0
  let [best, found] = [-Infinity, 0]
  for (let offset = -search; offset <= search; offset++) {
    let [product, energy] = [0, 1e-9]
    for (let i = 0; i < count; i++) {
      const value = at(middle + offset + i)
      product += value * at(model + i)
      energy += value * value
    }
    const likeness = product / Math.sqrt(energy)
    if (likeness > best) [best, found] = [likeness, offset]
  }
  return found
}
