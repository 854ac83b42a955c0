import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { comparePitch } from '../../../../src/shared/conversion/pitch-figures.ts'
import { exerciseScore, synthesize, transposeScore, voices } from '../../../../src/shared/synthesizer/index.ts'
import { harvest } from '../../../../src/shared/world/index.ts'

test('the pitch tracker reads the pitch that a voice says it sang, within a few cents', () => {
  for (const voice of [voices.low, voices.high]) {
    const score = transposeScore(exerciseScore(6, createRandom(21)), voice.transposeSemitones)
    const clip = synthesize(score, voice, 24_000, 21)
    const found = harvest(Float64Array.from(clip.samples), 24_000, {
      f0FloorHz: 65,
      f0CeilHz: 1000,
      framePeriodSec: 0.005,
    })
    const figures = comparePitch(found, clip.f0Hz, 0)
    expect(found).toHaveLength(clip.f0Hz.length)
    expect(figures.medianCents).toBeLessThan(3)
    expect(figures.strayShare).toBeLessThan(0.01)
    expect(figures.voicingDisagreement).toBeLessThan(0.12)
  }
})
