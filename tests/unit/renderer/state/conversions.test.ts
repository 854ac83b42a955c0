import { expect, test } from 'vitest'
import { failure } from '../../../../src/shared/base/errors.ts'
import type { JobId, RegionId, RenderKey } from '../../../../src/shared/base/id.ts'
import type { JobOutcome } from '../../../../src/shared/contract/jobs.ts'
import { changePerformance, singRegions } from '../../../../src/shared/project/edits/performance.ts'
import { moveRegions } from '../../../../src/shared/project/edits/regions.ts'
import type { Project, Region } from '../../../../src/shared/project/model.ts'
import { chorus, countingIds, mira, singerTrack, smallSong, verse } from '../../../support/documents.ts'
import { convertJob, createTestEditor, settled } from '../../../support/test-editor.ts'

/** The small song with both regions sung by Mira: r1 is the verse, r2 the chorus. */
const sungSong = (): Project => singRegions(smallSong(), [verse, chorus], singerTrack, mira, countingIds())
const r1 = 'r1' as RegionId
const r2 = 'r2' as RegionId

const renderOf = (region: Region): JobOutcome => {
  if (!region.performance) throw new Error('only sung regions are converted')
  return {
    kind: 'convert',
    render: {
      key: `key-${region.id}` as RenderKey,
      sourceStartSamples: 0,
      durationSamples: 480_000,
      performance: region.performance,
      singerDigest: 'digest-of-mira',
      semitones: 0,
    },
    report: {
      renderKey: `key-${region.id}` as RenderKey,
      durationSamples: 480_000,
      semitones: 0,
      medianPitchErrorCents: 3,
      voicingDisagreement: 0,
      levelChangeDb: 0,
      timingOffsetSamples: 0,
      clippedSampleCount: 0,
      timbre: null,
      renderSec: 1,
    },
    wasCached: false,
  }
}
const done = (region: Region, jobId: string) =>
  convertJob(region.id, { id: jobId as JobId, state: 'done', fraction: 1, outcome: renderOf(region) })

test('a conversion asks for a quarter of a second more on both sides, within the source', async () => {
  const { editor, asked } = createTestEditor(sungSong())
  await editor.conversions.convert([editor.session.project.regions[r1], editor.session.project.regions[r2]])
  const spans = asked.map(({ request }) => request as { sourceStartSamples: number; durationSamples: number })
  expect(spans[0]).toMatchObject({ sourceStartSamples: 0, durationSamples: 212_000 })
  expect(spans[1]).toMatchObject({ sourceStartSamples: 228_000, durationSamples: 252_000 })
})

test('a result is one step called after its region, and undo takes it back', async () => {
  const { editor } = createTestEditor(sungSong())
  const region = editor.session.project.regions[r1]
  await editor.conversions.convert([region])
  editor.receive({ kind: 'job-changed', job: done(region, 'job1') })
  expect(editor.session.undoLabel).toBe('Convert Verse')
  expect(editor.stateOf(r1).kind).toBe('converted')
  editor.session.undo()
  expect(editor.stateOf(r1).kind).toBe('assigned')
})

test('several regions of one command are one step', async () => {
  const { editor } = createTestEditor(sungSong())
  const { regions } = editor.session.project
  const before = editor.session.project
  await editor.conversions.convert([regions[r1], regions[r2]])
  editor.receive({ kind: 'job-changed', job: done(regions[r1], 'job1') })
  editor.receive({ kind: 'job-changed', job: done(regions[r2], 'job2') })
  expect(editor.session.undoLabel).toBe('Convert 2 regions')
  editor.session.undo()
  expect(editor.session.project).toBe(before)
})

test('a result that comes after another edit does not take that edit into its step', async () => {
  const { editor } = createTestEditor(sungSong())
  const { regions } = editor.session.project
  await editor.conversions.convert([regions[r1], regions[r2]])
  editor.receive({ kind: 'job-changed', job: done(regions[r1], 'job1') })
  editor.session.edit('Move Verse', (project) => moveRegions(project, [verse], 100))
  editor.receive({ kind: 'job-changed', job: done(regions[r2], 'job2') })
  editor.session.undo()
  expect(editor.session.project.regions[verse].startSamples).toBe(100)
  expect(editor.session.project.regions[r2].render).toBeNull()
})

test('a result that overtakes the answer to its request is not lost', async () => {
  const { editor } = createTestEditor(sungSong())
  const region = editor.session.project.regions[r1]
  const asking = editor.conversions.convert([region])
  editor.receive({ kind: 'job-changed', job: done(region, 'job1') })
  await asking
  expect(editor.stateOf(r1).kind).toBe('converted')
})

test('asking again for a region cancels what still runs for it', async () => {
  const { editor, asked } = createTestEditor(sungSong())
  const region = editor.session.project.regions[r1]
  await editor.conversions.convert([region])
  await editor.conversions.convert([region])
  expect(asked.map((one) => one.name)).toEqual(['project:convert', 'jobs:cancel', 'project:convert'])
})

test('a fault stays on its region until the region asks for something else', async () => {
  const { editor, jobs, said } = createTestEditor(sungSong())
  const region = editor.session.project.regions[r1]
  await editor.conversions.convert([region])
  const job = convertJob(r1, { state: 'failed', failure: failure('audio-unvoiced', 'No voice was found.') })
  jobs.jobs = [job]
  editor.receive({ kind: 'job-changed', job })
  expect(editor.stateOf(r1)).toMatchObject({ kind: 'failed', reason: 'no voice found' })
  expect(said).toContain('No voice was found.')
  editor.session.edit('Pitch', (project) =>
    changePerformance(project, [r1], (performance) => ({ ...performance, strength: 0.5 })),
  )
  expect(editor.stateOf(r1).kind).toBe('assigned')
})

test('converting what is converted asks for nothing and says so', async () => {
  const { editor, asked, said } = createTestEditor(sungSong())
  const region = editor.session.project.regions[r1]
  await editor.conversions.convert([region])
  editor.receive({ kind: 'job-changed', job: done(region, 'job1') })
  editor.selection.select([r1])
  editor.run('convert')
  await settled()
  expect(asked.filter((one) => one.name === 'project:convert')).toHaveLength(1)
  expect(said.at(-1)).toMatch(/^Already converted/)
})
