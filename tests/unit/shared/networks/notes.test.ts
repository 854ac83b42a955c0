import fc from 'fast-check'
import { expect, test } from 'vitest'
import { notesOf, pitchInput, withNotes } from '../../../../src/shared/networks/wavenet-autoencoder/pitch-track.ts'
import { midiToHz } from '../../../../src/shared/units/pitch.ts'

const COUNT = 24
/** One latent: eight frames of a pitch, 0 for unvoiced ones. */
const latentOf = (midis: readonly (number | null)[]) =>
  Float32Array.from({ length: 8 }, (_, frame) => {
    const midi = midis[frame % midis.length]
    return midi === null ? 0 : pitchInput(midiToHz(midi))
  })

test('the notes of a voiced latent add up to one and lie around its pitch; an unvoiced one has none', () => {
  fc.assert(
    fc.property(fc.double({ min: 36, max: 82, noNaN: true }), (midi) => {
      const notes = notesOf(latentOf([midi]), COUNT)
      expect(notes.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4)
      const mean = notes.reduce((sum, value, channel) => sum + value * (36 + 2 * channel), 0)
      expect(Math.abs(mean - midi)).toBeLessThan(0.02)
      expect(notes.filter((value) => value > 1e-6).length).toBeLessThanOrEqual(2)
    }),
  )
  expect(notesOf(latentOf([null]), COUNT)).toEqual(new Float32Array(COUNT))
})

test('unvoiced frames do not count, pitches beyond the channels stay with the last, and two notes share', () => {
  expect(notesOf(latentOf([60, null]), COUNT)[12]).toBeCloseTo(1, 4)
  expect(notesOf(latentOf([90]), COUNT)[23]).toBeCloseTo(1, 4)
  const both = notesOf(latentOf([60, 64]), COUNT)
  expect([both[12], both[14]].map((value) => Math.round(100 * value))).toEqual([50, 50])
})

test('latents and notes lie side by side, and without notes latents stay what they are', () => {
  const latents = Float32Array.of(1, 2, 3, 4)
  const track = Float32Array.from([...latentOf([36]), ...latentOf([38])])
  const held = withNotes(latents, track, 2, 3)
  expect([...held].map((value) => Math.round(1000 * value) / 1000)).toEqual([1, 2, 1, 0, 0, 3, 4, 0, 1, 0])
  expect(withNotes(latents, null, 2)).toBe(latents)
})
