import { createRandom } from '../../src/shared/base/random.ts'
import { silentProgress } from '../../src/shared/base/progress.ts'
import { analyzeClip } from '../../src/shared/conversion/clip-features.ts'
import { enrollSinger } from '../../src/shared/conversion/enroll.ts'
import { prepareSinger, type PreparedSinger } from '../../src/shared/conversion/prepared-singer.ts'
import { sourceOf } from '../../src/shared/conversion/sound.ts'
import { spectralAutoencoderSizes } from '../../src/shared/networks/spectral-autoencoder/config.ts'
import { initializeParameters } from '../../src/shared/networks/spectral-autoencoder/initialize.ts'
import { referenceVoice } from './reference-voice.ts'
import { sincResample } from './sinc-resample.ts'

/** A singer enrolled from one synthetic clip, with networks that were never trained: for claims that need no learning. */
export function untrainedSinger(baseHz = 130, seed = 11): PreparedSinger {
  const key = `${baseHz} ${seed}`
  const singer = enrolled.get(key) ?? enrollUntrained(baseHz, seed)
  enrolled.set(key, singer)
  return singer
}

/** Files that share a process share them. */
const enrolled = new Map<string, PreparedSinger>()

function enrollUntrained(baseHz: number, seed: number): PreparedSinger {
  const config = spectralAutoencoderSizes.tiny
  const clip = Float32Array.from(
    referenceVoice(
      24_000,
      1.5,
      baseHz,
      [
        [500, 650],
        [1500, 1000],
        [2400, 2500],
      ],
      88_675_123,
    ),
  )
  const features = analyzeClip(sourceOf([clip], 24_000), sincResample, silentProgress)
  const parameters = initializeParameters(config, 1, createRandom(seed))
  const row = parameters.get('singers/table')?.values ?? new Float32Array(config.singer)
  const meanShape = Float32Array.from({ length: 64 }, (_, band) => 2 - band / 16)
  return prepareSinger(enrollSinger({ config, parameters, row, meanShape, spread: 1.7 }, [features]))
}

/** A second and a half of a gliding vowel with a pause, as the reference makes it. */
export const sungSource = (rateHz: number, durationSec = 1.5, baseHz = 220): Float32Array =>
  Float32Array.from(
    referenceVoice(
      rateHz,
      durationSec,
      baseHz,
      [
        [700, 300],
        [1200, 2300],
        [2600, 3000],
      ],
      2_463_534_242,
    ),
  )
