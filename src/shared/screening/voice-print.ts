import { createDct } from '../dsp/dct.ts'
import { frameLevels, SCREENED_BANDS, type BandFrames } from './band-frames.ts'

/** How voices in general are spread over cepstra: Gaussians with diagonal covariance. */
export interface VoiceMixture {
  readonly weights: Float64Array
  /** [components × `CEPSTRA`] */
  readonly means: Float64Array
  readonly variances: Float64Array
}

/** What one clip's voice makes of the mixture: how much each component was met, and how far from its mean. */
export interface VoicePrint {
  readonly counts: Float64Array
  /** [components × `CEPSTRA`]: sums of what stands off the component's mean. */
  readonly offsets: Float64Array
  readonly frameCount: number
  /** Mean over the frames: how well voices in general explain this sound. */
  readonly logLikelihood: number
}

/** Cepstra 1…19 of the bands up to 7 kHz: a formant's shape without level; also what was sampled at 16 kHz has them. */
export const CEPSTRA = 19
const BANDS_USED = 38
/** Frames within 26 dB of the clip's loud ones. */
const QUIET_NEPERS = 6
const LOUD_SHARE = 0.95
/** Vowels and what sounds like them: louder under 1.2 kHz (the first 15 bands) than over 3.8 kHz. */
const LOW_BANDS = 15
const FIRST_HIGH_BAND = 27
const dct = createDct(BANDS_USED)

/** Cepstra of the voiced-looking frames, [frames × `CEPSTRA`]. */
export function voiceCepstra(frames: BandFrames): Float64Array {
  const { frameCount, logPower } = frames
  const levels = frameLevels(frames)
  const threshold = Float32Array.from(levels).sort()[Math.floor(LOUD_SHARE * (frameCount - 1))] - QUIET_NEPERS
  const kept: number[] = []
  for (let frame = 0; frame < frameCount; frame++)
    if (levels[frame] > threshold && isVowelLike(logPower, frame * SCREENED_BANDS)) kept.push(frame)
  const result = new Float64Array(kept.length * CEPSTRA)
  const all = new Float64Array(CEPSTRA + 1)
  kept.forEach((frame, index) => {
    dct.forward(logPower, frame * SCREENED_BANDS, all, 0, CEPSTRA + 1)
    result.set(all.subarray(1), index * CEPSTRA)
  })
  return result
}

function isVowelLike(logPower: Float32Array, start: number): boolean {
  let [low, high] = [0, 0]
  for (let band = 0; band < LOW_BANDS; band++) low += Math.exp(logPower[start + band])
  for (let band = FIRST_HIGH_BAND; band < BANDS_USED; band++) high += Math.exp(logPower[start + band])
  return low / LOW_BANDS > high / (BANDS_USED - FIRST_HIGH_BAND)
}

/** Statistics of a clip against the mixture (Dehak et al. 2011, §II, names them Baum-Welch statistics). */
export function takeVoicePrint(frames: BandFrames, mixture: VoiceMixture): VoicePrint {
  const cepstra = voiceCepstra(frames)
  const size = mixture.weights.length
  const frameCount = cepstra.length / CEPSTRA
  const counts = new Float64Array(size)
  const offsets = new Float64Array(size * CEPSTRA)
  const { shares, explain } = createResponsibilities(mixture)
  let sum = 0
  for (let start = 0; start < cepstra.length; start += CEPSTRA) {
    sum += explain(cepstra, start)
    for (let component = 0; component < size; component++) {
      const share = shares[component]
      if (share < 1e-6) continue
      counts[component] += share
      for (let index = 0, at = component * CEPSTRA; index < CEPSTRA; index++, at++)
        offsets[at] += share * (cepstra[start + index] - mixture.means[at])
    }
  }
  return { counts, offsets, frameCount, logLikelihood: frameCount === 0 ? 0 : sum / frameCount }
}

/** How a mixture explains frames. */
export interface Responsibilities {
  /** Which share of the last frame each component explains. */
  readonly shares: Float64Array
  /** Fills `shares` for one frame and returns its log likelihood. */
  explain(cepstra: Float64Array, start: number): number
}

export function createResponsibilities({ weights, means, variances }: VoiceMixture): Responsibilities {
  const size = weights.length
  const shares = new Float64Array(size)
  const constants = weights.map((weight, component) => {
    let sum = Math.log(weight) - 0.5 * CEPSTRA * Math.log(2 * Math.PI)
    for (let at = component * CEPSTRA; at < (component + 1) * CEPSTRA; at++) sum -= 0.5 * Math.log(variances[at])
    return sum
  })
  const precisions = variances.map((variance) => 0.5 / variance)
  const explain = (cepstra: Float64Array, start: number): number => {
    let highest = -Infinity
    for (let component = 0; component < size; component++) {
      let sum = constants[component]
      for (let index = 0, at = component * CEPSTRA; index < CEPSTRA; index++, at++) {
        const off = cepstra[start + index] - means[at]
        sum -= off * off * precisions[at]
      }
      shares[component] = sum
      if (sum > highest) highest = sum
    }
    let total = 0
    for (let component = 0; component < size; component++)
      total += shares[component] = Math.exp(shares[component] - highest)
    for (let component = 0; component < size; component++) shares[component] /= total
    return highest + Math.log(total)
  }
  return { shares, explain }
}
