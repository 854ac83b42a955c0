import { expect, test } from 'vitest'
import { moveRegions } from '../../../../src/shared/project/edits/regions.ts'
import type { Project } from '../../../../src/shared/project/model.ts'
import { verse } from '../../../support/documents.ts'
import { createTestEditor, settled } from '../../../support/test-editor.ts'

const shove = (project: Project): Project => moveRegions(project, [verse], 100)
const autosaves = (asked: readonly { name: string }[]): number =>
  asked.filter((one) => one.name === 'project:autosave').length

test('undo brings back the very document, and redo the very change', () => {
  const { editor } = createTestEditor()
  const before = editor.session.project
  editor.session.edit('Move Verse', shove)
  const after = editor.session.project
  editor.session.undo()
  expect(editor.session.project).toBe(before)
  editor.session.redo()
  expect(editor.session.project).toBe(after)
})

test('a song is not saved from its first change until the change is taken back', () => {
  const { editor } = createTestEditor()
  expect(editor.session.isDirty).toBe(false)
  editor.session.edit('Move Verse', shove)
  expect(editor.session.isDirty).toBe(true)
  expect(editor.session.undoLabel).toBe('Move Verse')
  editor.session.undo()
  expect(editor.session.isDirty).toBe(false)
})

test('the recovery copy is written two seconds after the last command', async () => {
  const { editor, timers, asked } = createTestEditor()
  editor.session.edit('Move', shove)
  timers.pass(1500)
  editor.session.edit('Move', shove)
  timers.pass(1500)
  expect(autosaves(asked)).toBe(0)
  timers.pass(500)
  await settled()
  expect(autosaves(asked)).toBe(1)
  timers.pass(60_000)
  expect(autosaves(asked)).toBe(1)
})

test('whoever never pauses still gets a recovery copy after twenty seconds', async () => {
  const { editor, timers, asked } = createTestEditor()
  for (let second = 0; second < 21; second++) {
    editor.session.edit('Move', shove)
    timers.pass(1000)
  }
  await settled()
  expect(autosaves(asked)).toBe(1)
})

test('a recovery copy that could not be written is told and tried again', async () => {
  let isFull = true
  const { editor, timers, asked } = createTestEditor(undefined, (name) => {
    if (name === 'project:autosave' && isFull) throw new Error('The disk is full.')
    return undefined
  })
  editor.session.edit('Move', shove)
  timers.pass(2000)
  await settled()
  expect(editor.session.saveFailure?.message).toBe('The disk is full.')
  isFull = false
  timers.pass(12_000)
  await settled()
  expect(autosaves(asked)).toBe(2)
  expect(editor.session.saveFailure).toBeNull()
})

test('an edit made while a save is under way is still unsaved afterwards', async () => {
  const { editor } = createTestEditor()
  editor.session.edit('Move', shove)
  const saving = editor.session.save()
  await settled()
  editor.session.edit('Move', shove)
  expect(await saving).toBe(true)
  expect(editor.session.isDirty).toBe(true)
})

test('a save that fails keeps the song unsaved and says why', async () => {
  const { editor } = createTestEditor(undefined, (name) => {
    if (name === 'project:save') throw new Error('The folder is read-only.')
    return undefined
  })
  editor.session.edit('Move', shove)
  expect(await editor.session.save()).toBe(false)
  expect(editor.session.isDirty).toBe(true)
  expect(editor.session.saveFailure?.message).toBe('The folder is read-only.')
})

test('a gesture is one step, and one that comes back leaves none', () => {
  const { editor } = createTestEditor()
  const { session } = editor
  session.begin('Move Verse')
  session.continue((before) => moveRegions(before, [verse], 50))
  session.continue((before) => moveRegions(before, [verse], 80))
  session.commit()
  expect(session.project.regions[verse].startSamples).toBe(80)
  session.undo()
  session.begin('Move Verse')
  session.continue((before) => moveRegions(before, [verse], 50))
  session.continue((before) => before)
  session.commit()
  expect(session.undoLabel).toBeNull()
})

test('what comes from outside waits until a drag has ended', () => {
  const { session } = createTestEditor().editor
  const happened: string[] = []
  session.begin('Move Verse')
  session.afterGesture(() => happened.push('result'))
  expect(happened).toEqual([])
  session.abandon()
  expect(happened).toEqual(['result'])
})
