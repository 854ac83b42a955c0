import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renameProject, setLoop } from '../../../../src/shared/project/edits/document.ts'
import { changeTempoIn } from '../../../../src/shared/project/edits/tempo-map.ts'
import { moveRegions, trimRegionEnd } from '../../../../src/shared/project/edits/regions.ts'
import {
  abandonGesture,
  beginGesture,
  commitGesture,
  continueGesture,
  createHistory,
  edit,
  HISTORY_LIMIT_STEPS,
  prolong,
  redo,
  travel,
  undo,
  type History,
} from '../../../../src/shared/project/history.ts'
import type { Project } from '../../../../src/shared/project/model.ts'
import { chorus, smallSong, verse } from '../../../support/documents.ts'

const changes: fc.Arbitrary<(project: Project) => Project> = fc.oneof(
  fc.string({ minLength: 1 }).map((name) => (project: Project) => renameProject(project, name)),
  fc
    .integer({ min: -100_000, max: 100_000 })
    .map((by) => (project: Project) => moveRegions(project, [verse, chorus], by)),
  fc.integer({ min: -300_000, max: 300_000 }).map((by) => (project: Project) => trimRegionEnd(project, chorus, by)),
  fc.integer({ min: 20, max: 300 }).map((bpm) => (project: Project) => changeTempoIn(project, 1, { bpm })),
  fc.constant((project: Project) => setLoop(project, project.loop)),
)

test('undoing everything gives back the very document that was there', () => {
  fc.assert(
    fc.property(fc.array(changes, { maxLength: 30 }), (sequence) => {
      const song = smallSong()
      let history = createHistory(song)
      for (const change of sequence) history = edit(history, 'Change', change)
      while (history.past.length > 0) history = undo(history)
      expect(history.present).toBe(song)
    }),
  )
})

test('redo after undo gives back what undo took', () => {
  fc.assert(
    fc.property(fc.array(changes, { minLength: 1, maxLength: 12 }), (sequence) => {
      let history = createHistory(smallSong())
      for (const change of sequence) history = edit(history, 'Change', change)
      const last = history.present
      const steps = history.past.length
      for (let step = 0; step < steps; step++) history = undo(history)
      for (let step = 0; step < steps; step++) history = redo(history)
      expect(history.present).toBe(last)
    }),
  )
})

test('a change that changes nothing leaves no step', () => {
  const history = edit(createHistory(smallSong()), 'Move region', (project) => moveRegions(project, [verse], 0))
  expect(history.past).toHaveLength(0)
})

test('a gesture of many moves is one step, computed from where it began', () => {
  let history = beginGesture(createHistory(smallSong()), 'Move region')
  for (const by of [10, 500, 4800]) history = continueGesture(history, (before) => moveRegions(before, [verse], by))
  history = commitGesture(history)
  expect(history.past.map((step) => step.label)).toEqual(['Move region'])
  expect(history.present.regions[verse].startSamples).toBe(4800)
})

test('a gesture that ends where it began leaves no step', () => {
  let history: History = beginGesture(createHistory(smallSong()), 'Move region')
  history = continueGesture(history, (before) => moveRegions(before, [verse], 4800))
  history = continueGesture(history, (before) => moveRegions(before, [verse], 0))
  expect(commitGesture(history).past).toHaveLength(0)
})

test('a step that goes on is undone and redone as one', () => {
  const song = smallSong()
  let history = edit(createHistory(song), 'Move region', (project) => moveRegions(project, [verse], 480))
  for (let tap = 0; tap < 3; tap++) history = prolong(history, (project) => moveRegions(project, [verse], 480))
  expect(history.past).toHaveLength(1)
  const moved = history.present
  expect(moved.regions[verse].startSamples).toBe(4 * 480)
  expect(undo(history).present).toBe(song)
  expect(redo(undo(history)).present).toBe(moved)
})

test('an abandoned gesture leaves no trace', () => {
  const song = smallSong()
  let history = beginGesture(createHistory(song), 'Move region')
  history = abandonGesture(continueGesture(history, (before) => moveRegions(before, [verse], 4800)))
  expect(history.present).toBe(song)
  expect(history.past).toHaveLength(0)
})

test('an edit after an undo forgets the undone future', () => {
  let history = edit(createHistory(smallSong()), 'Rename', (project) => renameProject(project, 'A'))
  history = edit(undo(history), 'Rename', (project) => renameProject(project, 'B'))
  expect(history.future).toHaveLength(0)
  expect(redo(history).present.name).toBe('B')
})

test('the oldest steps are forgotten beyond the limit', () => {
  let history = createHistory(smallSong())
  for (let step = 0; step < HISTORY_LIMIT_STEPS + 5; step++) {
    history = edit(history, 'Rename', (project) => renameProject(project, `Song ${step}`))
  }
  expect(history.past).toHaveLength(HISTORY_LIMIT_STEPS)
})

test('going to a step anywhere in the history is undoing or redoing as often as it takes', () => {
  fc.assert(
    fc.property(
      fc.array(changes, { minLength: 1, maxLength: 10 }),
      fc.array(fc.integer({ min: -2, max: 12 })),
      (sequence, visits) => {
        let history = createHistory(smallSong())
        const seen = [history.present]
        for (const change of sequence) {
          const next = edit(history, 'Change', change)
          if (next !== history) seen.push(next.present)
          history = next
        }
        for (const stepCount of visits) {
          history = travel(history, stepCount)
          expect(history.present).toBe(seen[Math.min(seen.length - 1, Math.max(0, stepCount))])
          expect(history.past.length + history.future.length).toBe(seen.length - 1)
        }
      },
    ),
  )
})
