import { expect, test } from 'vitest'
import { easeOf, measureNote, type SungNote } from '../../../../src/shared/evaluation/range-figures.ts'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { midiToHz } from '../../../../src/shared/units/pitch.ts'

const rateHz = 24_000
const frameCount = 80

function harmonics(hz: number, noise = 0): Float32Array {
  const random = createRandom(1)
  return Float32Array.from({ length: (frameCount * rateHz) / 200 }, (_, index) => {
    const phase = (2 * Math.PI * hz * index) / rateHz
    return 0.3 * Math.sin(phase) + 0.15 * Math.sin(2 * phase) + noise * random.normal()
  })
}
const flat = (hz: number) => new Float32Array(frameCount).fill(hz)
const shapesOf = (tilt: number) => Float32Array.from({ length: frameCount * 64 }, (_, index) => tilt * (index % 64))

const sungNote = (midi: number, changes: Partial<SungNote> = {}): SungNote => {
  const hz = midiToHz(midi)
  const sound = { samples: harmonics(hz), f0: flat(hz) }
  return { midi, rateHz, source: sound, sung: sound, shapes: shapesOf(0.05), ...changes }
}
/** Two seconds on one note. */
const bankAt = (midi: number, tilt = 0.05) => ({
  clipFrameCounts: [200],
  shapes: Float32Array.from({ length: 200 * 64 }, (_, index) => tilt * (index % 64)),
  f0: new Float32Array(200).fill(midiToHz(midi)),
  energy: new Float32Array(200),
})

test('a note that is what was asked for and what the singer sounds like there is comfortable', () => {
  const tried = measureNote(sungNote(60), bankAt(60))
  expect(tried).toMatchObject({ midi: 60, voicedFraction: 1, ease: 'comfortable' })
  expect(tried.pitchErrorCents).toBeLessThan(0.1)
  expect(tried.distanceDb).toBeLessThan(0.01)
  expect(tried.roughness).toBeLessThan(0.1)
})

test('each fault makes a note harder by its own figure: flat, breaking, strange, rough', () => {
  const hz = midiToHz(60)
  const flatNote = measureNote(
    sungNote(60, { sung: { samples: harmonics(hz * 0.98), f0: flat(hz * 0.98) } }),
    bankAt(60),
  )
  expect(flatNote.pitchErrorCents).toBeCloseTo(35, 0)
  const broken = flat(hz).map((value, frame) => (frame % 2 === 0 ? value : 0))
  expect(measureNote(sungNote(60, { sung: { samples: harmonics(hz), f0: broken } }), bankAt(60)).ease).toBe('poor')
  const strange = measureNote(sungNote(60, { shapes: shapesOf(0.1) }), bankAt(60))
  expect(strange.distanceDb).toBeGreaterThan(5.5)
  expect(strange.ease).not.toBe('comfortable')
  const rough = measureNote(sungNote(60, { sung: { samples: harmonics(hz, 0.6), f0: flat(hz) } }), bankAt(60))
  expect(rough.roughness).toBeGreaterThan(0.75)
  expect(rough.ease).not.toBe('comfortable')
})

test('where the clips hold no note nearby nothing speaks for the singer', () => {
  const far = measureNote(sungNote(72), bankAt(60))
  expect(far).toMatchObject({ distanceDb: null, ease: 'poor' })
  expect(measureNote(sungNote(64), bankAt(60)).distanceDb).not.toBeNull()
})

test('a note without any pitch is poor', () => {
  const silent = { samples: new Float32Array(100), f0: new Float32Array(frameCount) }
  expect(measureNote(sungNote(60, { sung: silent }), bankAt(60))).toMatchObject({ pitchErrorCents: null, ease: 'poor' })
  expect(easeOf({ midi: 60, pitchErrorCents: 1, voicedFraction: 1, distanceDb: 3, roughness: null })).toBe(
    'comfortable',
  )
})
