import { createRandom } from '../../src/shared/base/random.ts'
import type { DomainFile } from '../../src/shared/formats/domain-file.ts'
import { musicTranslationSizes } from '../../src/shared/networks/music-translation/config.ts'
import { domainShapes } from '../../src/shared/networks/music-translation/parameters.ts'
import { startingWavenetWeights } from '../../src/shared/networks/wavenet-autoencoder/initialize.ts'
import { tinyWaveform } from './tiny-waveform.ts'

/** Frames of 10 ms: threads tell of each. */
const config = { ...musicTranslationSizes.tiny, hop: 160 }

/** A domain that learned nothing. */
export function tinyDomain(name = 'Flute'): DomainFile {
  return {
    model: {
      config,
      parameters: startingWavenetWeights(domainShapes(config), createRandom(6)),
      peaks: tinyWaveform().peaks,
    },
    card: {
      name,
      licence: 'CC0',
      learnedFrom: 'a made flute',
      recordedSec: 12,
      beside: ['Fiddle'],
      steps: 40,
      heldOutLoss: 4.5,
      createdAtMs: 1_700_000_000_000,
      software: 'Understudy',
      engine: 'wasm',
    },
  }
}
