import { expect, test } from 'vitest'
import { moveRegions } from '../../../../src/shared/project/edits/regions.ts'
import { barStart } from '../../../../src/shared/units/song-time.ts'
import { verse } from '../../../support/documents.ts'
import { createTestEditor } from '../../../support/test-editor.ts'

/** A song whose tempo halves at bar 5, where a waltz begins. */
function slowingSong() {
  const made = createTestEditor()
  made.editor.tempo.set({
    bar: 5,
    tempo: { bar: 5, bpm: 60, isRamp: false },
    meter: { bar: 5, beatsPerBar: 3, beatUnit: 4 },
  })
  return made
}
const bars = ({ editor }: ReturnType<typeof createTestEditor>): readonly number[] =>
  editor.tempo.all.map((place) => place.bar)

test('the row appears with the first change, and is put away and fetched by its key', () => {
  const made = createTestEditor()
  const { editor } = made
  expect(editor.tempo.isRowShown).toBe(false)
  editor.transport.seek(200_000)
  editor.run('add-tempo-change')
  expect(editor.tempo.editingBar).toBe(3)
  expect(bars(made)).toEqual([1])
  expect(editor.tempo.isRowShown).toBe(true)
  editor.run('toggle-tempo')
  expect(editor.tempo.isRowShown).toBe(false)
})

test('a change is moved by bars, never onto another one, and the run of keys is one step', () => {
  const made = slowingSong()
  const { editor, said } = made
  editor.tempo.set({ bar: 7, tempo: { bar: 7, bpm: 90, isRamp: false }, meter: null })
  editor.tempo.focus(5)
  editor.run('tempo-later')
  editor.run('tempo-later')
  expect(bars(made)).toEqual([1, 7, 8])
  expect(said.at(-1)).toBe('Now at bar 8.')
  expect(editor.tempo.focused?.meter).toEqual({ bar: 8, beatsPerBar: 3, beatUnit: 4 })
  editor.run('tempo-earlier')
  expect(bars(made)).toEqual([1, 6, 7])
  editor.run('undo')
  editor.run('undo')
  expect(bars(made)).toEqual([1, 5, 7])
})

test('the first bar’s tempo is changed, but stays where it is', () => {
  const { editor } = slowingSong()
  editor.tempo.focus(1)
  for (const id of ['tempo-later', 'tempo-earlier', 'tempo-remove', 'tempo-to-playhead'])
    expect(editor.run(id)).toBe(false)
  expect(editor.run('tempo-ramp')).toBe(true)
  expect(editor.session.project.tempoMap.tempos[0]).toEqual({ bar: 1, bpm: 120, isRamp: true })
})

test('a removed change leaves the keyboard on a neighbor, the regions on their samples, and undo brings it back', () => {
  const made = slowingSong()
  const { editor } = made
  const { regions } = editor.session.project
  editor.tempo.focus(5)
  editor.run('tempo-remove')
  expect([bars(made), editor.tempo.focusedBar]).toEqual([[1], 1])
  expect(editor.session.project.regions).toBe(regions)
  editor.run('undo')
  expect(bars(made)).toEqual([1, 5])
})

test('a copy by bars begins where the region began in its bar, at the tempo that holds there; its bars are looped', () => {
  const { editor } = slowingSong()
  editor.session.edit('Move', (project) => moveRegions(project, [verse], barStart(editor.session.time, 3) + 24_000))
  editor.selection.select([verse])
  expect(editor.run('loop-bars')).toBe(true)
  expect(editor.session.project.loop).toEqual({ isOn: true, startSamples: 192_000, endSamples: 528_000 })
  editor.run('duplicate-by-bars')
  const [copy] = editor.chosenRegions
  expect(copy.startSamples).toBe(barStart(editor.session.time, 6) + 48_000)
  expect(copy.durationSamples).toBe(editor.session.project.regions[verse].durationSamples)
})

test('the playhead steps from beat to beat and from bar to bar across a change', () => {
  const { editor } = slowingSong()
  editor.chosenSnapStep = '1/4'
  const there = barStart(editor.session.time, 5)
  editor.transport.seek(there - 24_000)
  const steps = [1, 2, 3].map(() => {
    editor.run('playhead-forward')
    return editor.transport.positionSamples - there
  })
  expect(steps).toEqual([0, 48_000, 96_000])
  editor.run('playhead-forward-bar')
  expect(editor.transport.positionSamples - there).toBe(144_000)
  editor.run('playhead-back-bar')
  editor.run('playhead-back-bar')
  expect(editor.transport.positionSamples - there).toBe(-96_000)
})
