import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ProjectId } from '../../../../src/shared/base/id.ts'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import type { ImportedFile } from '../../../../src/shared/contract/jobs.ts'
import type { Source } from '../../../../src/shared/project/model.ts'
import { importAudioFile } from '../../../../src/main/files/import-audio.ts'
import { peaksPath, sourcePath } from '../../../../src/main/files/media-folder.ts'
import type { JobContext } from '../../../../src/main/jobs/job-context.ts'
import { locateWork } from '../../../../src/main/jobs/locate-job.ts'
import { writeFloatWav } from '../../../support/float-wav.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const RATE = 48_000
const projectId = 'p1' as ProjectId // brands are given in tests

function writeTone(path: string, hz: number, rateHz = 44_100): void {
  const samples = Float32Array.from(
    { length: rateHz },
    (_, index) => 0.4 * Math.sin((2 * Math.PI * hz * index) / rateHz),
  )
  writeFileSync(path, new Uint8Array(writeFloatWav([samples], rateHz)))
}

/** A project with two imported stems, and the folder in which the person keeps the files. */
async function scene() {
  const [home, stems] = [temporaryFolder(), temporaryFolder()]
  const mediaFolder = join(home, 'media')
  const sources: Source[] = []
  for (const [name, hz] of [
    ['lead', 220],
    ['choir', 330],
  ] as const) {
    const path = join(stems, `${name}.wav`)
    writeTone(path, hz)
    const request = { path, fileName: `${name}.wav`, mediaFolder, rateHz: RATE, acceptsTruncated: false }
    const outcome = await importAudioFile(request, silentProgress)
    if (!outcome.ok) throw new Error(outcome.failure.message)
    sources.push(outcome.value.source)
  }
  const project = { projectId, name: 'Song', rateHz: RATE, path: null, mediaFolder }
  // Only the book of open projects is asked.
  const context = {
    projects: { get: () => project, follow: () => Promise.resolve(project) },
  } as unknown as JobContext
  const isThere = (source: Source): boolean =>
    existsSync(sourcePath(mediaFolder, source.id)) && existsSync(peaksPath(mediaFolder, source.id))
  async function locate(folder: string, wanted = sources): Promise<readonly ImportedFile[]> {
    const work = locateWork({ projectId, folder, sources: [...wanted] }, context)
    const end = await work.run({ progress: silentProgress, onCommand: () => {} })
    return end.kind === 'done' && end.outcome.kind === 'import' ? end.outcome.files : []
  }
  return { mediaFolder, stems, sources, isThere, locate }
}

test('files that were imported once are found by their bytes, also under another name and deeper in the folder', async () => {
  const { mediaFolder, stems, sources, isThere, locate } = await scene()
  rmSync(mediaFolder, { recursive: true })
  mkdirSync(join(stems, 'take 2', 'raw'), { recursive: true })
  renameSync(join(stems, 'choir.wav'), join(stems, 'take 2', 'raw', 'renamed.wav'))
  const files = await locate(stems)
  expect(files.map((file) => file.isImported)).toEqual([true, true])
  expect(sources.map(isThere)).toEqual([true, true])
})

test('the media of another copy of the song are taken over as they are', async () => {
  const { mediaFolder, sources, isThere, locate } = await scene()
  const other = temporaryFolder()
  mkdirSync(join(other, 'Song media', 'sources'), { recursive: true })
  for (const source of sources)
    copyFileSync(sourcePath(mediaFolder, source.id), join(other, 'Song media', 'sources', `${source.id}.wav`))
  rmSync(mediaFolder, { recursive: true })
  expect((await locate(other)).every((file) => file.isImported)).toBe(true)
  expect(sources.map(isThere)).toEqual([true, true])
})

test('another recording with the right name is not taken, and the reason is said', async () => {
  const { mediaFolder, stems, sources, isThere, locate } = await scene()
  rmSync(mediaFolder, { recursive: true })
  writeTone(join(stems, 'lead.wav'), 500)
  const files = await locate(stems)
  expect(files.map((file) => file.isImported)).toEqual([false, true])
  const [lead] = files
  expect(lead.isImported ? '' : lead.failure.message).toContain('another recording')
  expect(sources.map(isThere)).toEqual([false, true])
})

test('a folder that is not there holds nothing, and nothing breaks', async () => {
  const { locate } = await scene()
  const files = await locate(join(temporaryFolder(), 'gone'))
  expect(files.every((file) => !file.isImported)).toBe(true)
})
