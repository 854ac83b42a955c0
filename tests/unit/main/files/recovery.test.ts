import * as fs from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ProjectId } from '../../../../src/shared/base/id.ts'
import { diskOperations } from '../../../../src/main/files/file-operations.ts'
import { writeProjectFile } from '../../../../src/main/files/project-file.ts'
import type { AutosavedProject } from '../../../../src/main/files/recovery.ts'
import { createRecoveryStore } from '../../../../src/main/files/recovery.ts'
import { projectId, smallSong } from '../../../support/documents.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const autosaved = (more: Partial<AutosavedProject> = {}): AutosavedProject => ({
  document: smallSong(),
  savedPath: null,
  mediaFolder: '/home/scratch/p1/media',
  autosavedAtMs: 1000,
  editCount: 14,
  ...more,
})

test('what was autosaved comes back, also of a project that was never saved', () => {
  const store = createRecoveryStore(join(temporaryFolder(), 'recovery'))
  expect(store.list()).toEqual([])
  store.keep(autosaved())
  expect(store.list()).toEqual([
    { projectId, name: 'Paper Lanterns', savedPath: null, autosavedAtMs: 1000, editCount: 14 },
  ])
  expect(store.read(projectId)).toEqual({ ok: true, value: autosaved() })
})

test('a later autosave replaces the earlier, other projects stay, and the newest comes first', () => {
  const store = createRecoveryStore(temporaryFolder())
  store.keep(autosaved())
  store.keep(autosaved({ document: { ...smallSong(), id: 'p2' as ProjectId }, autosavedAtMs: 2000 }))
  store.keep(autosaved({ editCount: 15, autosavedAtMs: 3000 }))
  expect(store.list().map((entry) => [entry.projectId, entry.editCount])).toEqual([
    ['p1', 15],
    ['p2', 14],
  ])
})

test('work is offered again when the file that was saved after it was damaged', () => {
  const store = createRecoveryStore(temporaryFolder())
  const savedPath = join(temporaryFolder(), 'Song.understudy')
  store.keep(autosaved({ savedPath }))
  writeProjectFile(savedPath, smallSong())
  expect(store.list()).toEqual([])
  fs.truncateSync(savedPath, 100)
  expect(store.list()).toHaveLength(1)
})

test('work that may not be discarded is told by its code, and is no fault', () => {
  const remove = () => {
    throw Object.assign(new Error('EACCES: simulated'), { code: 'EACCES' })
  }
  const store = createRecoveryStore(temporaryFolder(), { ...diskOperations, remove })
  expect(() => store.discard(projectId)).toThrow(/may not be written/)
})

test('discarded work is gone, and discarding nothing hurts nothing', () => {
  const store = createRecoveryStore(temporaryFolder())
  store.keep(autosaved())
  store.discard(projectId)
  store.discard(projectId)
  expect(store.list()).toEqual([])
  expect(store.read(projectId)).toMatchObject({ ok: false, failure: { code: 'not-found' } })
})

test('work is offered only while it is newer than the saved project', () => {
  const store = createRecoveryStore(temporaryFolder())
  const savedPath = join(temporaryFolder(), 'Song.understudy')
  writeProjectFile(savedPath, smallSong())
  const savedAtMs = fs.statSync(savedPath).mtimeMs
  store.keep(autosaved({ savedPath, autosavedAtMs: savedAtMs - 5 }))
  expect(store.list()).toEqual([])
  store.keep(autosaved({ savedPath, autosavedAtMs: savedAtMs + 5 }))
  expect(store.list().length).toBe(1)
  fs.rmSync(savedPath)
  store.keep(autosaved({ savedPath, autosavedAtMs: savedAtMs - 5 }))
  expect(store.list().length).toBe(1)
})

test('a damaged entry hides no other, is refused when asked for, and stays on the disk', () => {
  const folder = temporaryFolder()
  const store = createRecoveryStore(folder)
  store.keep(autosaved())
  fs.writeFileSync(join(folder, 'p2.json'), '{"format": "understudy-rec')
  expect(store.list().length).toBe(1)
  expect(store.read('p2' as ProjectId)).toMatchObject({ ok: false, failure: { code: 'project-invalid' } })
  expect(fs.existsSync(join(folder, 'p2.json'))).toBe(true)
})

test('an id that would lead out of the folder is a bug, not a path', () => {
  const store = createRecoveryStore(temporaryFolder())
  expect(() => store.discard('../p1' as ProjectId)).toThrow('no project')
})
