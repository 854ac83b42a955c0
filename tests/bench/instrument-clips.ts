import { createRandom } from '../../src/shared/base/random.ts'
import { muLawSample } from '../../src/shared/dsp/mu-law.ts'
import type { MusicTranslationConfig } from '../../src/shared/networks/music-translation/config.ts'
import { WAVENET_RATE_HZ } from '../../src/shared/networks/wavenet-autoencoder/config.ts'
import {
  asLoudAsCanBe,
  codePitch,
  codeSamples,
  pitchHopOf,
  type WaveformClip,
} from '../../src/shared/training/wavenet-autoencoder/clip.ts'
import { drawMelody, instruments, play } from '../support/instruments.ts'

/** Two synthetic instruments that play melodies of the same notes, so that nothing but their timbre tells them apart. */
export const instrumentNames = ['flute', 'fiddle'] as const

const seedOf = (domain: number, melody: number) => 1000 * domain + melody

/** @param melody every number is one of its own */
export function instrumentClip(
  config: Pick<MusicTranslationConfig, 'hop' | 'hasPitch'>,
  domain: number,
  melody: number,
  durationSec: number,
): Required<WaveformClip> {
  const random = createRandom(seedOf(domain, melody))
  const notes = drawMelody(random, durationSec)
  const played = play(instruments[instrumentNames[domain]], notes, WAVENET_RATE_HZ, random)
  const samples = asLoudAsCanBe(played.samples)
  const pitch = config.hasPitch ? codePitch(played.f0Hz, 1, samples.length, pitchHopOf(config)) : null
  return { samples, levels: codeSamples(samples), singerIndex: domain, pitch }
}

/** As it is heard: through the levels. */
export const heardOf = ({ levels }: WaveformClip): Float32Array => Float32Array.from(levels, muLawSample)
