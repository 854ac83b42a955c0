import { expect, test } from 'vitest'
import { excessWords, octaveThatHelps } from '../../../../src/renderer/state/range-words.ts'
import { RangeMarks } from '../../../../src/renderer/state/RangeMarks.svelte.ts'
import type { RegionId } from '../../../../src/shared/base/id.ts'
import type { Call } from '../../../../src/shared/contract/verbs.ts'
import { changePerformance, singRegions } from '../../../../src/shared/project/edits/performance.ts'
import type { PitchOutline } from '../../../../src/shared/project/pitch-outline.ts'
import type { SingerRange } from '../../../../src/shared/project/singer-range.ts'
import { countingIds, mira, singerTrack, smallSong, verse } from '../../../support/documents.ts'
import { singer } from '../../../support/test-editor.ts'

const song = singRegions(smallSong(), [verse], singerTrack, mira, countingIds())
const sungId = 'r1' as RegionId // the first that the ids count
const { sourceId } = song.regions[verse]
/** One note for as long as the source goes on. */
const outline = (note: number): PitchOutline => ({
  hopSec: 0.1,
  notes: Array<number>(2000).fill(note),
  medianLog2F0: Math.log2(440) + (note - 69) / 12,
  isSung: true,
})
const range: SingerRange = {
  notes: [],
  comfortable: { lowest: 57, highest: 69 },
  usable: { lowest: 55, highest: 72 },
  isSung: true,
}
const singers = [{ ...singer(mira, 'Mira', 2), range }]

async function marksFor(note: number) {
  const asked: string[][] = []
  const call = ((name: string, { sourceIds }: { sourceIds: string[] }) => {
    expect(name).toBe('project:pitchOutlines')
    asked.push(sourceIds)
    return Promise.resolve([{ sourceId, outline: outline(note) }])
  }) as unknown as Call // one verb is enough here
  const marks = new RangeMarks(call)
  await marks.ask(song)
  await marks.ask(song)
  expect(asked).toHaveLength(1)
  return marks
}

const moved = (semitones: number) =>
  changePerformance(song, [sungId], (one) => ({ ...one, transposition: { kind: 'semitones', semitones } })).regions[
    sungId
  ]

test('a region is marked before it is rendered when its key shift leaves what the singer can sing', async () => {
  const marks = await marksFor(67)
  expect(marks.excessOf(moved(0), song.rateHz, singers)).toBeNull()
  const excess = marks.excessOf(moved(7), song.rateHz, singers)
  expect(excess).toMatchObject({ lowest: null, highest: 74 })
  if (excess === null) throw new Error('it leaves the range')
  expect(excessWords(excess, singers[0])).toMatch(/^Goes up to D5; the notes of Mira end at C5\. .* lie outside\.$/)
  expect(octaveThatHelps(excess)).toBe(-12)
})

test('what moves by itself is judged where it will come to lie', async () => {
  // C7 is two octaves above the singer's middle: it comes down by itself.
  const marks = await marksFor(96)
  const automatic = song.regions[sungId]
  expect(automatic.performance?.transposition.kind).toBe('auto')
  expect(marks.excessOf(automatic, song.rateHz, singers)).toBeNull()
  expect(marks.excessOf(moved(0), song.rateHz, singers)).not.toBeNull()
})

test('nothing is marked of a singer whose range was never tried, of a source, or of notes that are not known', async () => {
  const marks = await marksFor(90)
  expect(marks.excessOf(moved(0), song.rateHz, [singer(mira, 'Mira', 2)])).toBeNull()
  expect(marks.excessOf(song.regions[verse], song.rateHz, singers)).toBeNull()
  const unknown = new RangeMarks((() => Promise.reject(new Error('not now'))) as unknown as Call) // nothing answers
  await unknown.ask(song)
  expect(unknown.excessOf(moved(0), song.rateHz, singers)).toBeNull()
  unknown.receive({ kind: 'pitch-outlined', sourceId, outline: outline(90) })
  expect(unknown.excessOf(moved(0), song.rateHz, singers)).not.toBeNull()
})
