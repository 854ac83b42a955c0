import { expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { pitchHz, pitchInput } from '../../../../../src/shared/networks/wavenet-autoencoder/pitch-track.ts'
import {
  drawTransposition,
  readSamples,
  transposeCrop,
} from '../../../../../src/shared/training/music-translation/transposition.ts'
import { codeSamples } from '../../../../../src/shared/training/wavenet-autoencoder/clip.ts'

const HOP = 80
/** A tone of 400 Hz whose second half counts as unvoiced. */
const samples = Float32Array.from({ length: 20 * HOP }, (_, at) => 0.8 * Math.sin((2 * Math.PI * 400 * at) / 16_000))
const pitch = Float32Array.from({ length: 160 }, (_, frame) => (frame < 80 ? pitchInput(400) : 0))
const clip = { samples, levels: codeSamples(samples), singerIndex: 1, pitch }
const cropOf = (start: number, semitones: number) => {
  return { clipIndex: 0, start, sampleCount: readSamples(4 * HOP, semitones, HOP), augmentation: 'none' as const }
}

test('a crop is as long as it was asked for, and its pitch is told where and as it sounds', () => {
  for (const semitones of [-12, -5, 3, 12]) {
    const moved = transposeCrop(clip, cropOf(2 * HOP, semitones), semitones, 4 * HOP, HOP)
    expect([moved.levels.length, moved.samples?.length, moved.pitch?.length]).toEqual([320, 320, 32])
    expect(moved.singerIndex).toBe(1)
    const hz = 400 * 2 ** (semitones / 12)
    moved.samples?.forEach((value, at) => {
      const expected = 0.8 * Math.sin(2 * Math.PI * ((400 * 2 * HOP) / 16_000 + (hz * at) / 16_000))
      expect(Math.abs(value - expected)).toBeLessThan(0.01)
    })
    for (const value of moved.pitch ?? []) expect(pitchHz(value)).toBeCloseTo(hz, 1)
  }
})

test('what is unvoiced stays so, where it falls in the time of the crop', () => {
  // Ten frames before the end of what is voiced, read twice as fast.
  const moved = transposeCrop(clip, cropOf(7 * HOP, 12), 12, 4 * HOP, HOP)
  expect([...(moved.pitch ?? [])].map((value) => value > 0)).toEqual([
    ...Array<boolean>(12).fill(true),
    ...Array<boolean>(20).fill(false),
  ])
})

test('of a clip that is shorter than what would be read, a shorter crop is made', () => {
  const short = { ...cropOf(0, 12), sampleCount: 3 * HOP }
  expect(transposeCrop(clip, short, 12, 4 * HOP, HOP).levels.length).toBe(HOP)
})

test('so many crops are moved as the plan says, up and down as often, and no farther', () => {
  const random = createRandom(2)
  const drawn = Array.from({ length: 1000 }, () => drawTransposition(random, { mostSemitones: 7, share: 0.3 }))
  const moved = drawn.filter((semitones) => semitones !== 0)
  expect(moved.length / 1000).toBeCloseTo(0.3, 1)
  expect(moved.filter((semitones) => semitones > 0).length / moved.length).toBeCloseTo(0.5, 1)
  expect(Math.max(...moved.map(Math.abs))).toBeLessThanOrEqual(7)
})
