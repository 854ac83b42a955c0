import { readHermite } from '../../dsp/hermite.ts'
import type { HarmonicNoise } from '../../kernels/transposition.ts'
import type { VoiceCurves } from './voice-curves.ts'

/** What repeats from period to period, by the comb ¼ x(t − P) + ½ x + ¼ x(t + P), and the rest, where voiced. */
export function splitHarmonicNoise(
  x: Float64Array,
  { periodSamples, harmonicShare }: Pick<VoiceCurves, 'periodSamples' | 'harmonicShare'>,
): HarmonicNoise {
  const harmonic = new Float64Array(x.length)
  const noise = new Float64Array(x.length)
  for (let index = 0; index < x.length; index++) {
    const share = harmonicShare[index]
    if (share > 0) {
      const period = periodSamples[index]
      const repeated = 0.5 * x[index] + 0.25 * (readHermite(x, index - period) + readHermite(x, index + period))
      noise[index] = (x[index] - repeated) * share
    }
    harmonic[index] = x[index] - noise[index]
  }
  return { harmonic, noise }
}
