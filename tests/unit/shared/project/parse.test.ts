import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseProject } from '../../../../src/shared/project/parse.ts'
import { smallSong, verse } from '../../../support/documents.ts'

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test('what was written is read back unchanged', () => {
  expect(parseProject(throughJson(smallSong()))).toEqual({ ok: true, value: smallSong() })
})

test('a file of a newer version is refused with what it is and what to do', () => {
  const parsed = parseProject({ ...smallSong(), version: 7 })
  expect(parsed).toMatchObject({ ok: false, failure: { code: 'project-newer' } })
})

test.each([
  ['a region of a track that is not there', { trackId: 'nowhere' }, 'its track nowhere does not exist'],
  ['a region past the end of its source', { durationSamples: 480_001 }, 'ends at sample 480001 of a source of 480000'],
  ['a region at half a sample', { startSamples: 0.5 }, 'startSamples'],
  ['a region of an unknown source', { sourceId: 'b'.repeat(64) }, 'does not exist'],
])('%s is refused with the place named', (_claim, change, complaint) => {
  const song = smallSong()
  const parsed = parseProject(
    throughJson({ ...song, regions: { ...song.regions, [verse]: { ...song.regions[verse], ...change } } }),
  )
  expect(parsed.ok ? '' : parsed.failure.message).toContain(complaint)
})

test('nothing that JSON can hold makes the parser throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(parseProject(value).ok).toBe(false)
    }),
  )
})

test('a document with one value replaced by junk is read or refused, never thrown over', () => {
  const flat = JSON.stringify(smallSong())
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: flat.length - 1 }),
      fc.constantFrom('null', '-1', '1e999', '"x"', '[]'),
      (at, junk) => {
        const mutated = flat.slice(0, at) + flat.slice(at).replace(/(?<=:)(\d+|"[^"]*"|true|false|null)/, junk)
        expect(() => parseProject(JSON.parse(mutated))).not.toThrow()
      },
    ),
  )
})
