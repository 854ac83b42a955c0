import { createRandom } from '../../base/random.ts'
import { realFft } from '../../dsp/fft.ts'
import type { Hertz } from '../../units/time.ts'

/** The curve has a random point every octave from here, and runs smoothly between them. */
const firstPointHz = 30
const points = 12
/** Room for the equalizer's echo, so that the end does not wrap around. */
const tailSamples = 4096

/** `x` through a zero-phase equalizer whose gain wanders between ± `rangeDb`; the same seed gives the same curve. */
export function equalize(x: Float64Array, fs: Hertz, rangeDb: number, seed: number): Float64Array {
  const random = createRandom(seed)
  const pointsDb = Array.from({ length: points }, () => rangeDb * (2 * random.uniform() - 1))
  const size = 2 ** Math.ceil(Math.log2(x.length + tailSamples))
  const fft = realFft(size)
  const [re, im] = [new Float64Array(size / 2 + 1), new Float64Array(size / 2 + 1)]
  const sound = new Float64Array(size)
  sound.set(x)
  fft.forward(sound, re, im)
  for (let k = 0; k <= size / 2; k++) {
    const gain = 10 ** (gainDb(pointsDb, (k * fs) / size) / 20)
    re[k] *= gain
    im[k] *= gain
  }
  fft.inverse(re, im, sound)
  return sound.slice(0, x.length)
}

/** Half a cosine from one point to the next. */
function gainDb(pointsDb: readonly number[], hz: Hertz): number {
  const position = Math.min(points - 1, Math.max(0, Math.log2(Math.max(hz, firstPointHz) / firstPointHz)))
  const left = Math.min(points - 2, Math.floor(position))
  const share = 0.5 - 0.5 * Math.cos(Math.PI * (position - left))
  return pointsDb[left] + share * (pointsDb[left + 1] - pointsDb[left])
}
