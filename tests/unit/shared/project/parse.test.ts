import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseNewerProject, parseProject } from '../../../../src/shared/project/parse.ts'
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
    throughJson({ ...smallSong(), regions: { ...song.regions, [verse]: { ...song.regions[verse], ...change } } }),
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

test('a document of ten thousand bad regions is told of after ten complaints, not read to its end', () => {
  const regions = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`r${index}`, {}]))
  const parsed = parseProject({ ...smallSong(), regions })
  const message = parsed.ok ? '' : parsed.failure.message
  expect(message).toMatch(/^The project file does not hold/)
  expect(Number(/and (\d+) more/.exec(message)?.[1])).toBeLessThan(50)
})

test('what is nested deeper than any recursion goes is refused or left out, and nothing throws', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  const region = { ...smallSong().regions[verse], performance: { renderer: deep } }
  expect(parseProject({ ...smallSong(), regions: { verse: region } }).ok).toBe(false)
  expect(parseProject({ ...smallSong(), markers: deep }).ok).toBe(false)
  expect(parseNewerProject({ ...smallSong(), version: 99, news: deep }).ok).toBe(true)
})

test('a complaint repeats no more of the file than a person reads', () => {
  const parsed = parseProject({ ...smallSong(), ['x'.repeat(1_000_000)]: 1 })
  expect(parsed.ok ? 0 : parsed.failure.message.length).toBeLessThan(1000)
})
