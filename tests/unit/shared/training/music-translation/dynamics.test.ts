import { expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { muLawSample } from '../../../../../src/shared/dsp/mu-law.ts'
import { cutAtGain, drawGain, type Dynamics } from '../../../../../src/shared/training/music-translation/dynamics.ts'
import { codeSamples } from '../../../../../src/shared/training/wavenet-autoencoder/clip.ts'

const dynamics: Dynamics = { share: 0.4, softestPeak: 0.05, mostGain: 20 }
const samples = Float32Array.from({ length: 320 }, (_, at) => 0.2 * Math.sin(at / 5))
const quiet = samples.map((sample) => sample / 1000)
const peakOf = (sound: Float32Array) => Math.max(...sound.map(Math.abs))

test('so many crops are brought to a level between the softest and full, the others stay', () => {
  const random = createRandom(5)
  const gains = Array.from({ length: 1000 }, () => drawGain(random, samples, dynamics))
  const moved = gains.filter((gain) => gain !== 1)
  expect(moved.length / 1000).toBeCloseTo(0.4, 1)
  const peaks = moved.map((gain) => gain * peakOf(samples)).toSorted((a, b) => a - b)
  expect(peaks[0]).toBeGreaterThanOrEqual(0.05)
  expect(peaks.at(-1)).toBeLessThanOrEqual(1)
  // As likely in decibels.
  expect(peaks[Math.floor(peaks.length / 2)]).toBeCloseTo(Math.sqrt(0.05), 1)
})

test('what is nearly silent is brought up no farther than allowed, and silence stays', () => {
  const random = createRandom(5)
  const always = { ...dynamics, share: 1 }
  expect(drawGain(random, quiet, always)).toBe(20)
  expect(drawGain(random, new Float32Array(100), always)).toBe(1)
})

test('a crop is cut with its pitch, and its levels are those of what is heard', () => {
  const pitch = Float32Array.from({ length: 32 }, (_, frame) => frame / 100)
  const clip = { samples, levels: codeSamples(samples), singerIndex: 1, pitch }
  const cut = cutAtGain(clip, { clipIndex: 0, start: 80, sampleCount: 160, augmentation: 'none' }, 3, 80)
  expect(cut.singerIndex).toBe(1)
  expect(cut.pitch).toEqual(pitch.subarray(8, 24))
  expect(cut.samples).toEqual(samples.subarray(80, 240).map((sample) => 3 * sample))
  cut.levels.forEach((level, at) => expect(muLawSample(level)).toBeCloseTo(3 * samples[80 + at], 1))
})
