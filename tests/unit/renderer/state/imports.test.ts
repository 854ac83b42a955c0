import { expect, test } from 'vitest'
import { failure } from '../../../../src/shared/base/errors.ts'
import type { JobId, SourceId } from '../../../../src/shared/base/id.ts'
import type { ImportedFile, Job } from '../../../../src/shared/contract/jobs.ts'
import type { FileReference } from '../../../../src/shared/contract/verbs.ts'
import { sortWatchedFiles } from '../../../../src/renderer/state/watched-files.ts'
import { leadTrack, verse } from '../../../support/documents.ts'
import { convertJob, createTestEditor } from '../../../support/test-editor.ts'

const came = (name: string): ImportedFile => ({
  fileName: name,
  isImported: true,
  isDuplicate: false,
  notes: [],
  source: { id: `id${name}` as SourceId, name, originalRateHz: 44_100, channelCount: 1, durationSamples: 96_000 },
})
const cutOff: ImportedFile = {
  fileName: 'cut.wav',
  isImported: false,
  failure: failure('audio-truncated', 'cut.wav ends early.'),
  readableSec: 3,
}
const file = (name: string): FileReference => ({ kind: 'path', path: `/stems/${name}` })
const imported = (files: readonly ImportedFile[]): Job => ({
  ...convertJob(verse, { id: 'job1' as JobId, state: 'done', outcome: { kind: 'import', files } }),
  kind: 'import',
})

test('stems get a lane each, all start together, and one undo takes the import back', async () => {
  const { editor } = createTestEditor()
  const before = editor.session.project
  await editor.imports.import([file('lead.wav'), file('doubles.flac')])
  editor.receive({ kind: 'job-changed', job: imported([came('lead.wav'), came('doubles.flac')]) })
  const lanes = editor.session.project.tracks.slice(before.tracks.length)
  expect(lanes.map((track) => track.name)).toEqual(['lead', 'doubles'])
  const placed = Object.values(editor.session.project.regions).filter((region) => region.trackId !== leadTrack)
  expect(placed.map((region) => region.startSamples)).toEqual([0, 0])
  expect(editor.session.undoLabel).toBe('Import 2 files')
  editor.session.undo()
  expect(editor.session.project).toBe(before)
})

test('files dropped on a lane lie there from that time on, one behind the other', async () => {
  const { editor } = createTestEditor()
  await editor.imports.import([file('a.wav'), file('b.wav')], { trackId: leadTrack, startSamples: 600_000 })
  editor.receive({ kind: 'job-changed', job: imported([came('a.wav'), came('b.wav')]) })
  const placed = Object.values(editor.session.project.regions).filter((region) => region.startSamples >= 600_000)
  expect(placed.map((region) => [region.name, region.trackId, region.startSamples])).toEqual([
    ['a', leadTrack, 600_000],
    ['b', leadTrack, 696_000],
  ])
})

test('a bad file never blocks the others, is told, and its readable part is offered', async () => {
  const { editor, asked } = createTestEditor()
  await editor.imports.import([file('cut.wav'), file('good.wav')])
  editor.receive({ kind: 'job-changed', job: imported([cutOff, came('good.wav')]) })
  expect(editor.session.undoLabel).toBe('Import good.wav')
  expect(editor.imports.refused.map((refused) => refused.failure.message)).toEqual(['cut.wav ends early.'])
  await editor.imports.acceptTruncated()
  expect(asked.at(-1)).toMatchObject({
    name: 'project:import',
    request: { files: [file('cut.wav')], acceptsTruncated: true },
  })
})

test('a changed recording takes the place of the old one, as far as it reaches, and undo brings the old one back', async () => {
  const { editor, asked } = createTestEditor()
  const before = editor.session.project
  const [old] = Object.values(before.sources)
  await editor.imports.replace(old, file('lead.wav'))
  expect(asked.at(-1)).toMatchObject({ name: 'project:import', request: { files: [file('lead.wav')] } })
  editor.receive({ kind: 'job-changed', job: imported([came('lead.wav')]) })
  const { regions, sources } = editor.session.project
  expect(Object.keys(sources)).toEqual(['idlead.wav'])
  expect(regions[verse]).toMatchObject({ sourceId: 'idlead.wav', sourceStartSamples: 0, durationSamples: 96_000 })
  expect(Object.values(regions).every((region) => region.sourceStartSamples + region.durationSamples <= 96_000)).toBe(
    true,
  )
  expect(editor.session.undoLabel).toBe('Reload lead.wav')
  editor.session.undo()
  expect(editor.session.project).toBe(before)
})

test('lost media that are found are there again without an edit, and what is still lost is told', async () => {
  const { editor, asked, said } = createTestEditor()
  const [lost] = Object.values(editor.session.project.sources)
  editor.session.missingSourceIds = new Set([lost.id])
  await editor.imports.locate([lost], '/elsewhere')
  expect(asked.at(-1)).toMatchObject({ name: 'project:locate', request: { folder: '/elsewhere' } })
  editor.receive({
    kind: 'job-changed',
    job: imported([{ fileName: lost.name, isImported: true, isDuplicate: false, notes: [], source: lost }]),
  })
  expect([...editor.session.missingSourceIds]).toEqual([])
  expect(editor.session.undoLabel).toBeNull()
  expect(said.at(-1)).toContain('is back')
})

test('a file of the watch folder with the name of a recording is another version of it, the others are new', () => {
  const { editor } = createTestEditor()
  const { project } = editor.session
  const [known] = Object.values(project.sources)
  const named = { ...project, sources: { [known.id]: { ...known, name: 'lead' } } }
  const sorted = sortWatchedFiles(named, ['/watch/lead.wav', 'C:\\watch\\choir.flac', '/watch/lead.take2.wav'])
  expect(sorted.changed.map((changed) => changed.path)).toEqual(['/watch/lead.wav'])
  expect(sorted.fresh).toEqual(['C:\\watch\\choir.flac', '/watch/lead.take2.wav'])
})
