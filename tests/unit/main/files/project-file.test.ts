import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FailureError } from '../../../../src/shared/base/errors.ts'
import type { FileOperations } from '../../../../src/main/files/file-operations.ts'
import { diskOperations } from '../../../../src/main/files/file-operations.ts'
import { peaksPath, sourcePath } from '../../../../src/main/files/media-folder.ts'
import { saveProject } from '../../../../src/main/files/place-media.ts'
import {
  backupPathOf,
  mediaFolderOf,
  projectPathOf,
  readProjectFile,
  removeSaveLeftovers,
  writeProjectFile,
} from '../../../../src/main/files/project-file.ts'
import { PROJECT_VERSION } from '../../../../src/shared/project/upgrade.ts'
import { smallSong, sourceId } from '../../../support/documents.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: simulated`), { code })
}

function failureCodeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code
    throw error
  }
  return 'nothing failed'
}

const named = (name: string) => ({ ...smallSong(), name })

/** A scratch folder with the audio and peaks of the small song. */
function scratchMedia(): string {
  const folder = join(temporaryFolder(), 'media')
  for (const path of [sourcePath(folder, sourceId), peaksPath(folder, sourceId)]) {
    fs.mkdirSync(join(path, '..'), { recursive: true })
    fs.writeFileSync(path, `bytes of ${path.slice(-10)}`)
  }
  return folder
}

test('a project comes back as it was saved, and the save before is kept beside it', () => {
  const path = join(temporaryFolder(), 'Song.understudy')
  writeProjectFile(path, named('first'))
  expect(fs.existsSync(backupPathOf(path))).toBe(false)
  writeProjectFile(path, named('second'))
  writeProjectFile(path, named('third'))
  expect(readProjectFile(path)).toEqual({ ok: true, value: named('third') })
  expect(readProjectFile(backupPathOf(path))).toEqual({ ok: true, value: named('second') })
  expect(fs.readdirSync(join(path, '..')).toSorted()).toEqual(['Song.understudy', 'Song.understudy.bak'])
})

test('a file that was damaged since it was saved does not take the place of the save before', () => {
  const path = join(temporaryFolder(), 'Song.understudy')
  for (const name of ['first', 'second']) writeProjectFile(path, named(name))
  fs.truncateSync(path, 100)
  writeProjectFile(path, named('third'))
  expect(readProjectFile(path)).toEqual({ ok: true, value: named('third') })
  expect(readProjectFile(backupPathOf(path))).toEqual({ ok: true, value: named('first') })
})

test('a save after one that was cut short behind its backup leaves nothing under a passing name', () => {
  const path = join(temporaryFolder(), 'Song.understudy')
  writeProjectFile(path, named('first'))
  fs.linkSync(path, backupPathOf(path))
  writeProjectFile(path, named('second'))
  expect(fs.readdirSync(join(path, '..')).toSorted()).toEqual(['Song.understudy', 'Song.understudy.bak'])
  expect(readProjectFile(backupPathOf(path))).toEqual({ ok: true, value: named('first') })
})

test('a backup stands for the song beside it, and its media are those of the song', () => {
  const path = join('songs', 'Song.understudy')
  expect(projectPathOf(backupPathOf(path))).toBe(path)
  expect(projectPathOf(path)).toBe(path)
})

test('what a killed save had begun is cleared, and other songs in the folder are left alone', () => {
  const path = join(temporaryFolder(), 'Song.understudy')
  writeProjectFile(path, named('first'))
  const others = ['.Song 2.understudy.0123456789ab.part', '.hidden']
  const begun = ['.Song.understudy.0123456789ab.part', '.Song.understudy.bak.0123456789ab.part']
  for (const name of [...others, ...begun]) fs.writeFileSync(join(path, '..', name), 'x')
  removeSaveLeftovers(path)
  expect(fs.readdirSync(join(path, '..')).toSorted()).toEqual([...others, 'Song.understudy'].toSorted())
})

// A failing call by name, and what the person is told.
const troubles: readonly (readonly [keyof FileOperations, string, string])[] = [
  ['open', 'EROFS', 'folder-read-only'],
  ['open', 'EACCES', 'folder-read-only'],
  ['write', 'ENOSPC', 'disk-full'],
  ['sync', 'EDQUOT', 'disk-full'],
  ['rename', 'EPERM', 'folder-read-only'],
  ['link', 'ENOSPC', 'disk-full'],
]

test.each(troubles)(
  'when %s fails with %s the last save stays whole and nothing else is left',
  (call, code, expected) => {
    const path = join(temporaryFolder(), 'Song.understudy')
    writeProjectFile(path, named('saved'))
    const operations = {
      ...diskOperations,
      [call]: () => {
        throw systemError(code)
      },
    }
    expect(failureCodeOf(() => writeProjectFile(path, named('lost'), operations))).toBe(expected)
    expect(readProjectFile(path)).toEqual({ ok: true, value: named('saved') })
    expect(fs.readdirSync(join(path, '..')).filter((name) => name.endsWith('.part'))).toEqual([])
  },
)

test('a missing, foreign, cut-off or newer file is refused by what is wrong with it', () => {
  const path = join(temporaryFolder(), 'Song.understudy')
  const codeOf = () => {
    const read = readProjectFile(path)
    return read.ok ? 'read' : read.failure.code
  }
  expect(codeOf()).toBe('file-missing')
  fs.writeFileSync(path, '{"format": "understudy", "ver')
  expect(codeOf()).toBe('project-invalid')
  fs.writeFileSync(path, '[1, 2, 3]')
  expect(codeOf()).toBe('project-invalid')
  fs.writeFileSync(path, JSON.stringify({ ...smallSong(), version: PROJECT_VERSION + 1 }))
  expect(codeOf()).toBe('project-newer')
})

test('a damaged file points to the save before it', () => {
  const path = join(temporaryFolder(), 'Song.understudy')
  writeProjectFile(path, named('first'))
  writeProjectFile(path, named('second'))
  fs.truncateSync(path, 100)
  const read = readProjectFile(path)
  expect(read.ok ? '' : read.failure.remedy).toContain('Song.understudy.bak')
})

test('the first save puts document and media in place and clears the scratch folder', async () => {
  const scratch = scratchMedia()
  const path = join(temporaryFolder(), 'Song.understudy')
  const mediaFolder = await saveProject({ document: smallSong(), path, mediaFolder: scratch, isScratch: true })
  expect(mediaFolder).toBe(join(path, '..', 'Song media'))
  expect(fs.existsSync(sourcePath(mediaFolder, sourceId))).toBe(true)
  expect(fs.existsSync(peaksPath(mediaFolder, sourceId))).toBe(true)
  expect(fs.existsSync(scratch)).toBe(false)
})

test('saving as another song brings the media along and leaves the first song alone', async () => {
  const folder = temporaryFolder()
  const [first, second] = [join(folder, 'First.understudy'), join(folder, 'Second.understudy')]
  const mediaFolder = await saveProject({
    document: named('first'),
    path: first,
    mediaFolder: scratchMedia(),
    isScratch: true,
  })
  await saveProject({ document: named('second'), path: second, mediaFolder, isScratch: false })
  for (const path of [first, second]) {
    expect(fs.readFileSync(sourcePath(mediaFolderOf(path), sourceId), 'utf8')).toContain('bytes of')
  }
  fs.rmSync(mediaFolderOf(first), { recursive: true })
  expect(fs.existsSync(sourcePath(mediaFolderOf(second), sourceId))).toBe(true)
})

test('nothing but media is taken from a media folder', async () => {
  const scratch = scratchMedia()
  fs.writeFileSync(join(scratch, 'sources', 'holiday.wav'), 'x')
  const path = join(temporaryFolder(), 'Song.understudy')
  const mediaFolder = await saveProject({ document: smallSong(), path, mediaFolder: scratch, isScratch: false })
  expect(fs.readdirSync(join(mediaFolder, 'sources'))).toEqual([`${sourceId}.wav`])
})

test('a disk that fills up during the first save leaves the scratch folder whole', async () => {
  const scratch = scratchMedia()
  const path = join(temporaryFolder(), 'Song.understudy')
  const operations: FileOperations = {
    ...diskOperations,
    write: () => {
      throw systemError('ENOSPC')
    },
  }
  await expect(
    saveProject({ document: smallSong(), path, mediaFolder: scratch, isScratch: true, operations }),
  ).rejects.toThrow('full')
  expect(fs.existsSync(sourcePath(scratch, sourceId))).toBe(true)
  expect(fs.existsSync(path)).toBe(false)
})

test('a process killed while it saves leaves a whole project', async () => {
  const path = join(temporaryFolder(), 'Song.understudy')
  for (let round = 0; round < 3; round++) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'endless-saver.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    // The saver tells each save; it dies during one of the next.
    await new Promise<void>((resolve) => {
      let saves = 0
      child.stdout.on('data', () => {
        if (++saves === 3 + round * 4) resolve()
      })
    })
    child.kill('SIGKILL')
    await new Promise((resolve) => child.on('exit', resolve))
    expect(readProjectFile(path).ok).toBe(true)
    expect(readProjectFile(backupPathOf(path)).ok).toBe(true)
  }
})
