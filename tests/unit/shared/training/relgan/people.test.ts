import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../../../src/shared/base/random.ts'
import { CEPSTRA } from '../../../../../src/shared/networks/relgan/config.ts'
import type { EmotionalClip } from '../../../../../src/shared/training/relgan/emotional-clip.ts'
import { withoutPeople } from '../../../../../src/shared/training/relgan/people.ts'
import { splitEmotional } from '../../../../../src/shared/training/relgan/split.ts'
import { measureNormals } from '../../../../../src/shared/training/relgan/statistics.ts'

/** Two frames: every coefficient is person + emotion, pitch is 100 Hz raised by octaves of both. */
const clipOf = (person: string, emotion: number, own: number, common: number): EmotionalClip => ({
  person,
  emotion,
  cepstra: new Float32Array(2 * CEPSTRA).fill(own + common),
  f0: Float32Array.of(0, 100 * Math.exp(own + common)),
})

describe('what is each person’s own', () => {
  test('goes, also where not everybody has every emotion: what is left is the emotion', () => {
    const own = { anna: 0.4, ben: -0.4, carl: 0 }
    const common = [0, 0.5, -0.25]
    const have: readonly (readonly [keyof typeof own, number])[] = [
      ['anna', 0],
      ['anna', 1],
      ['anna', 2],
      ['ben', 0],
      ['ben', 1],
      ['carl', 1],
      ['carl', 2],
    ]
    const clips = have.map(([person, emotion]) => clipOf(person, emotion, own[person], common[emotion]))
    for (const clip of withoutPeople(clips)) {
      expect(clip.cepstra[7]).toBeCloseTo(common[clip.emotion], 4)
      expect(clip.f0[0]).toBe(0)
      expect(Math.log(clip.f0[1] / 100)).toBeCloseTo(common[clip.emotion], 4)
    }
    const normals = measureNormals(withoutPeople(clips), 3)
    expect(normals.map(({ mean }) => Number(mean[0].toFixed(3)))).toEqual(common)
  })

  test('stays where nobody is told apart', () => {
    const clips = [clipOf('', 0, 1, 0), clipOf('', 1, 1, 0.5)]
    expect(withoutPeople(clips)).toBe(clips)
  })
})

describe('clips that are held out', () => {
  const people = (count: number) =>
    Array.from({ length: count }, (_, person) =>
      [0, 1, 2].flatMap((emotion) => [0, 1].map(() => clipOf(`${person}`, emotion, 0, 0))),
    ).flat()

  test('are of people whom nobody learned from, where there are enough people', () => {
    const { learned, heldOut } = splitEmotional(people(8), createRandom(1))
    expect(new Set(heldOut.map(({ person }) => person)).size).toBe(1)
    expect(learned.some(({ person }) => person === heldOut[0].person)).toBe(false)
    expect(learned.length + heldOut.length).toBe(48)
  })

  test('never leave an emotion with fewer than two', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 })), { maxLength: 60 }),
        (seed, drawn) => {
          const clips = [...people(1), ...drawn.map(([person, emotion]) => clipOf(`${person}`, emotion, 0, 0))]
          const { learned, heldOut } = splitEmotional(clips, createRandom(seed))
          expect(learned.length + heldOut.length).toBe(clips.length)
          for (const emotion of [0, 1, 2])
            expect(learned.filter((clip) => clip.emotion === emotion).length).toBeGreaterThanOrEqual(2)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('are the same for the same seed', () => {
    expect(splitEmotional(people(9), createRandom(5))).toEqual(splitEmotional(people(9), createRandom(5)))
  })
})
