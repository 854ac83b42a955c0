import { createRandom } from '../../src/shared/base/random.ts'
import type { RelganModel } from '../../src/shared/conversion/emotions/relgan/relgan-model.ts'
import type { RelganCard } from '../../src/shared/formats/emotion-card.ts'
import { CEPSTRA } from '../../src/shared/networks/relgan/config.ts'
import { initializeRelgan } from '../../src/shared/networks/relgan/initialize.ts'
import { isGenerators } from '../../src/shared/networks/relgan/parameters.ts'

/** A generator that learned nothing, of the smallest size; its emotions differ in mean, spread and pitch. */
export function tinyRelgan(emotions: readonly string[] = ['neutral', 'angry', 'happy']): RelganModel {
  const config = { channels: 1, emotions: emotions.length }
  return {
    config,
    parameters: new Map([...initializeRelgan(config, createRandom(4))].filter(([name]) => isGenerators(name))),
    emotions,
    normals: emotions.map((_, index) => ({
      mean: Float32Array.from({ length: CEPSTRA }, (_value, at) => (at === 0 ? -4 : 0.1 * index)),
      spread: new Float32Array(CEPSTRA).fill(1 + 0.25 * index),
      // As a file keeps them.
      logF0Mean: Math.fround(Math.log(150 * (1 + 0.2 * index))),
      logF0Spread: Math.fround(0.2 + 0.05 * index),
    })),
    edgeHz: 7600,
  }
}

export const tinyRelganCard: RelganCard = {
  name: 'Tiny',
  translator: 'relgan',
  licence: 'CC0-1.0',
  trainedOn: 'nothing',
  clipCount: 6,
  personCount: 2,
  clipsSec: 12,
  steps: 3,
  createdAtMs: 1,
  software: 'Understudy',
  engine: 'wasm',
  heldOut: { wanted: 0.5, real: 0.75, changed: 0.25 },
}
