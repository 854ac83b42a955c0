import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longestRun, type NoteEase, type TriedNote } from '../../../../src/shared/project/singer-range.ts'

const note = (midi: number, ease: NoteEase): TriedNote => ({
  midi,
  pitchErrorCents: 2,
  voicedFraction: 1,
  distanceDb: 4,
  roughness: 0.2,
  ease,
})
const scale = (word: string) =>
  Array.from(word, (letter, index) =>
    note(48 + 2 * index, letter === 'c' ? 'comfortable' : letter === 'u' ? 'usable' : 'poor'),
  )

test('the range is the longest run; a single hole in it is no end, two are', () => {
  expect(longestRun(scale('ccpcccup'), ['comfortable'])).toEqual({ lowest: 48, highest: 58 })
  expect(longestRun(scale('ccppccc'), ['comfortable'])).toEqual({ lowest: 56, highest: 60 })
  expect(longestRun(scale('ucccup'), ['comfortable', 'usable'])).toEqual({ lowest: 48, highest: 56 })
  expect(longestRun(scale('ppp'), ['comfortable'])).toBeNull()
  expect(longestRun([], ['comfortable'])).toBeNull()
})

test('what may be usable holds what is comfortable, and a range begins and ends on a note that is easy', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom<NoteEase>('comfortable', 'usable', 'poor'), { maxLength: 40 }), (eases) => {
      const notes = eases.map((ease, index) => note(36 + index, ease))
      const comfortable = longestRun(notes, ['comfortable'])
      const usable = longestRun(notes, ['comfortable', 'usable'])
      if (comfortable === null) return
      expect(eases[comfortable.lowest - 36]).toBe('comfortable')
      expect(eases[comfortable.highest - 36]).toBe('comfortable')
      expect((usable?.highest ?? 0) - (usable?.lowest ?? 0)).toBeGreaterThanOrEqual(
        comfortable.highest - comfortable.lowest,
      )
    }),
  )
})
