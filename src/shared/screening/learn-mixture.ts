import type { Random } from '../base/random.ts'
import { CEPSTRA, createResponsibilities, type VoiceMixture } from './voice-print.ts'

const ROUNDS = 20
/** No component may become narrower than this share of the whole spread. */
const LEAST_VARIANCE_SHARE = 0.02

/**
 * Fits a mixture to cepstra [frames × `CEPSTRA`] by expectation and maximization (Dempster, Laird and Rubin 1977), from
 * frames drawn at random. The same frames and random state give the same mixture.
 */
export function learnMixture(cepstra: Float64Array, componentCount: number, random: Random): VoiceMixture {
  const frameCount = cepstra.length / CEPSTRA
  const whole = wholeVariance(cepstra)
  const means = new Float64Array(componentCount * CEPSTRA)
  for (let component = 0; component < componentCount; component++) {
    const frame = random.integer(frameCount)
    means.set(cepstra.subarray(frame * CEPSTRA, (frame + 1) * CEPSTRA), component * CEPSTRA)
  }
  let mixture: VoiceMixture = {
    weights: new Float64Array(componentCount).fill(1 / componentCount),
    means,
    variances: Float64Array.from({ length: means.length }, (_, at) => whole[at % CEPSTRA]),
  }
  for (let round = 0; round < ROUNDS; round++) mixture = improved(mixture, cepstra, whole)
  return mixture
}

function improved(mixture: VoiceMixture, cepstra: Float64Array, whole: Float64Array): VoiceMixture {
  const size = mixture.weights.length
  const counts = new Float64Array(size)
  const [sums, squares] = [new Float64Array(size * CEPSTRA), new Float64Array(size * CEPSTRA)]
  const { shares, explain } = createResponsibilities(mixture)
  for (let start = 0; start < cepstra.length; start += CEPSTRA) {
    explain(cepstra, start)
    for (let component = 0; component < size; component++) {
      counts[component] += shares[component]
      for (let index = 0, at = component * CEPSTRA; index < CEPSTRA; index++, at++) {
        const value = cepstra[start + index]
        sums[at] += shares[component] * value
        squares[at] += shares[component] * value * value
      }
    }
  }
  const frameCount = cepstra.length / CEPSTRA
  const means = sums.map((sum, at) => sum / (counts[Math.floor(at / CEPSTRA)] + 1e-6))
  return {
    weights: counts.map((count) => (count + 1e-6) / (frameCount + size * 1e-6)),
    means,
    variances: squares.map((sum, at) => {
      const variance = sum / (counts[Math.floor(at / CEPSTRA)] + 1e-6) - means[at] ** 2
      return Math.max(0, variance) + LEAST_VARIANCE_SHARE * whole[at % CEPSTRA]
    }),
  }
}

function wholeVariance(cepstra: Float64Array): Float64Array {
  const [sums, squares] = [new Float64Array(CEPSTRA), new Float64Array(CEPSTRA)]
  for (let at = 0; at < cepstra.length; at++) {
    sums[at % CEPSTRA] += cepstra[at]
    squares[at % CEPSTRA] += cepstra[at] ** 2
  }
  const frameCount = cepstra.length / CEPSTRA
  return squares.map((sum, index) => sum / frameCount - (sums[index] / frameCount) ** 2)
}
