import { expect, test } from 'vitest'
import { flushSync } from 'svelte'
import type { RegionId } from '../../../../src/shared/base/id.ts'
import { writePitch } from '../../../../src/shared/melody/index.ts'
import { singRegions } from '../../../../src/shared/project/edits/performance.ts'
import { midiToHz } from '../../../../src/shared/units/pitch.ts'
import { RegionEditing } from '../../../../src/renderer/region-editor/RegionEditing.svelte.ts'
import { RollView } from '../../../../src/renderer/region-editor/RollView.svelte.ts'
import { continuousStretches, voicedFrames } from '../../../../src/renderer/region-editor/voiced-frames.ts'
import type { Call } from '../../../../src/shared/contract/verbs.ts'
import { countingIds, mira, singerTrack, smallSong, verse } from '../../../support/documents.ts'
import { createTestEditor } from '../../../support/test-editor.ts'

const sung = 'r1' as RegionId // what `countingIds` mints first
/** Half a second of A3, a pause, half a second of C4. */
const pitch = writePitch(
  Float64Array.from([
    ...Array.from({ length: 100 }, () => midiToHz(57)),
    ...Array.from({ length: 40 }, () => 0),
    ...Array.from({ length: 100 }, () => midiToHz(60)),
  ]),
)

async function editing(answer: () => Promise<unknown> = () => Promise.resolve({ startSamples: 0, pitch })) {
  const { editor } = createTestEditor(singRegions(smallSong(), [verse], singerTrack, mira, countingIds()))
  editor.selection.select([sung])
  const asked: unknown[] = []
  const call = ((name: string, request: unknown) => {
    asked.push({ name, request })
    return answer()
  }) as Call // stands in for the one verb
  const made = new RegionEditing(editor, call)
  await made.load()
  flushSync()
  return { editor, made, asked, edits: () => editor.session.project.regions[sung].performance?.pitchEdits ?? [] }
}

test('the notes of a region are found in its melody, which is asked for once', async () => {
  const { made, asked } = await editing()
  await made.load()
  expect(asked).toHaveLength(1)
  expect(made.notes.map((note) => Math.round(note.center))).toEqual([57, 60])
  expect(made.notes[1].startSamples).toBe(140 * 240)
})

test('a note that is moved stands higher, is one step back, and says that it was edited', async () => {
  const { editor, made, edits } = await editing()
  const [first] = made.notes
  made.edit('Move notes', (performance) =>
    made.changeNotes(performance, [first], (before) => ({ semitones: before.semitones + 2 })),
  )
  expect(made.notes[0].movedCenter).toBeCloseTo(59, 1)
  expect(made.notes.map((note) => note.isEdited)).toEqual([true, false])
  expect(edits()).toHaveLength(1)
  editor.session.undo()
  expect(made.notes[0].movedCenter).toBeCloseTo(57, 1)
})

test('a scale moves what is not of it, as far as its strength says', async () => {
  const { made } = await editing()
  made.edit('Scale', (one) => ({ ...one, scaleCorrection: { tonic: 2, scale: 'major', strength: 0.5 } }))
  expect(made.notes[0].movedCenter).toBeCloseTo(57, 1)
  expect(Math.abs(made.notes[1].movedCenter - 60)).toBeCloseTo(0.5, 1) // half-way to B or C♯
})

test('a melody that could not be had is said, and asking goes on with the next region', async () => {
  const { made } = await editing(() => Promise.reject(new Error('The worker ended.')))
  expect(made.failure?.message).toBe('The worker ended.')
  expect(made.notes).toEqual([])
})

test('places and what they stand for are the same, and a zoom keeps what is under it', () => {
  const view = new RollView()
  view.fit(48_000, 96_000)
  expect(view.atX(view.xOf(60_000))).toBe(60_000)
  expect(view.midiAt(view.yOf(64.25))).toBeCloseTo(64.25, 6)
  const under = view.atX(200)
  view.zoomBy(2, 200)
  expect(Math.abs(view.atX(200) - under)).toBeLessThanOrEqual(1)
  view.zoomBy(0.001)
  expect(view.startSamples).toBeLessThanOrEqual(48_000)
  expect(view.endSamples).toBeGreaterThanOrEqual(96_000)
})

test('a melody is drawn in stretches, cut where the voice pauses', () => {
  const f0Hz = Float32Array.from([220, 220, 0, 0, 220, 220, 220])
  const frames = voicedFrames(f0Hz, null, { startSamples: 0, rateHz: 48_000 }, 0, Infinity)
  expect(continuousStretches(frames).map((stretch) => stretch.length)).toEqual([2, 3])
})
