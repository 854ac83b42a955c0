import { createRandom } from '../../../src/shared/base/random.ts'
import type { SingerModel } from '../../../src/shared/conversion/singer-model.ts'
import { writeBaseFile } from '../../../src/shared/formats/base-file.ts'
import type { SingerCard } from '../../../src/shared/formats/singer-card.ts'
import { spectralAutoencoder } from '../../../src/shared/networks/spectral-autoencoder/index.ts'

const normals = (count: number, scale: number, random = createRandom(count)): Float32Array =>
  Float32Array.from({ length: count }, () => scale * random.normal())

/** A singer who never learned, whole in form. */
export function tinySinger(): SingerModel {
  const config = spectralAutoencoder.sizes.tiny
  const frames = 6
  return {
    config,
    parameters: spectralAutoencoder.initialize(config, 1, createRandom(7)),
    row: normals(config.singer, 0.1),
    meanShape: normals(64, 2),
    spread: 1.5,
    cepstralVariance: normals(64, 1).map(Math.abs),
    bandHarmonicsToNoiseDb: normals(5, 6),
    medianLog2F0: Math.log2(260),
    lowestHz: 140,
    highestHz: 520,
    bank: {
      clipFrameCounts: [frames - 2, 2],
      shapes: normals(frames * 64, 2),
      f0: Float32Array.from({ length: frames }, (_, frame) => (frame % 3 ? 200 + frame : 0)),
      energy: normals(frames, 1),
    },
  }
}

/** With every field that a card may have. */
export const tinySingerCard: SingerCard = {
  name: 'Mira',
  converter: 'spectral-autoencoder',
  licence: 'private',
  consent: 'my own voice',
  lowestHz: 140,
  highestHz: 520,
  medianHz: 260,
  trainedFromSec: 118,
  createdAtMs: 1_700_000_000_000,
  owner: 'Mira herself',
  range: {
    notes: [
      { midi: 57, pitchErrorCents: 4, voicedFraction: 1, distanceDb: 3.2, roughness: 0.1, ease: 'comfortable' },
      { midi: 59, pitchErrorCents: null, voicedFraction: 0, distanceDb: null, roughness: null, ease: 'poor' },
    ],
    comfortable: { lowest: 57, highest: 57 },
    usable: null,
    isSung: true,
  },
  provenance: {
    software: 'Understudy 0.1.0',
    engine: 'wasm',
    baseDigest: 'a'.repeat(64),
    clipCount: 3,
    clipsSec: 118,
    steps: 400,
    method: 'joint',
    singerCount: 2,
    compared: [
      { method: 'joint', errorDb: 3.41 },
      { method: 'enroll', errorDb: 3.78 },
    ],
  },
}

/** A base of three people that never learned. */
export function tinyBase(): Uint8Array {
  const config = spectralAutoencoder.sizes.tiny
  return writeBaseFile({
    config,
    parameters: spectralAutoencoder.initialize(config, 3, createRandom(7)),
    persons: ['one', 'two', 'three'],
    meanShape: normals(64, 2),
    spread: 1.5,
  })
}
