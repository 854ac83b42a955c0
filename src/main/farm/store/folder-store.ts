import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { temporaryPathBeside } from '../../files/atomic-write.ts'
import { fileFailure, systemCode } from '../../files/file-operations.ts'
import { checkedName, type ObjectStore } from './object-store.ts'

/** Where objects are written before they get their names. No object's name begins with a dot. */
const PASSING = '.passing'
/** What was begun longer ago belongs to a machine that died; no write of one object takes so long. */
const LONGEST_WRITE_MS = 24 * 3_600_000
/** Windows and its shares refuse to replace a file while somebody reads it, for as long as that takes. */
const RENAME_PAUSES_MS = [10, 40, 160, 640]
const busy = ['EPERM', 'EACCES', 'EBUSY']

/**
 * Objects as files of a folder that exists: a disk of this machine or a mounted share. Needs a rename that replaces, and
 * neither links nor locks. The folder itself is never made: a share that is not mounted would become a folder here.
 */
export async function openFolderStore(folder: string): Promise<ObjectStore> {
  const inFolder = folderCalls(folder)
  const pathOf = (name: string) => join(folder, ...checkedName(name).split('/'))
  await inFolder('read', () => assertFolder(folder))
  await removeAbandoned(join(folder, PASSING))
  return {
    place: `the folder ${folder}`,
    has: (name) => inFolder('read', async () => (await ifThere(folder, stat(pathOf(name)))) !== null),
    read: (name) => inFolder('read', () => ifThere<Uint8Array>(folder, readFile(pathOf(name)))),
    write: (name, bytes) => inFolder('write', () => writeObject(folder, pathOf(name), bytes)),
    remove: (name) => inFolder('write', async () => void (await ifThere(folder, rm(pathOf(name))))),
    close: () => {},
  }
}

/** Null where the object is not there; a failure where the folder is not. */
async function ifThere<T>(folder: string, asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
    await assertFolder(folder)
    return null
  }
}

async function assertFolder(folder: string): Promise<void> {
  if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error(`${folder} is a file`), { code: 'ENOTDIR' })
}

async function writeObject(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const passing = temporaryPathBeside(join(folder, PASSING, 'object'))
  try {
    const file = await withFolderOf(passing, folder, () => open(passing, 'wx'))
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await withFolderOf(path, folder, () => replace(passing, path))
  } catch (error) {
    await rm(passing, { force: true }).catch(() => {}) // told is what went wrong first; what stays is cleared in a day
    throw error
  }
  await syncFolder(dirname(path))
}

/** Makes what lies between the store's folder and the file where that is missing, and nothing above. */
async function withFolderOf<T>(path: string, folder: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
    await makeBelow(folder, dirname(path))
    return await call()
  }
}

async function makeBelow(folder: string, path: string): Promise<void> {
  if (path === folder) return assertFolder(folder)
  await makeBelow(folder, dirname(path))
  await mkdir(path).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error
  })
}

async function replace(from: string, to: string): Promise<void> {
  for (const pauseMs of [...RENAME_PAUSES_MS, null]) {
    try {
      return await rename(from, to)
    } catch (error) {
      if (pauseMs === null || !busy.includes(systemCode(error) ?? '')) throw error
      await pause(pauseMs)
    }
  }
}

/** Makes the rename durable where that can be asked for. A list of pieces that outlived a piece is found out by whoever fetches. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  try {
    const handle = await open(path, 'r')
    await handle.sync().finally(() => handle.close())
  } catch (error) {
    if (systemCode(error) === null) throw error // shares that know no such thing
  }
}

/** What machines that died had begun to write. By the share's own clock where that differs by less than a day. */
async function removeAbandoned(passing: string): Promise<void> {
  try {
    for (const name of await readdir(passing)) {
      const path = join(passing, name)
      if ((await stat(path)).mtimeMs < Date.now() - LONGEST_WRITE_MS) await rm(path, { force: true })
    }
  } catch (error) {
    if (systemCode(error) === null) throw error // not there yet, or somebody else clears it
  }
}

const refusals = ['EACCES', 'EPERM', 'EROFS']

/** Calls whose errors are told as what they mean for a store. */
const folderCalls =
  (folder: string) =>
  async <T>(doing: 'read' | 'write', call: () => Promise<T>): Promise<T> => {
    try {
      return await call()
    } catch (error) {
      const told = fileFailure(error, folder, doing)
      const isTold = told.code === 'disk-full' || refusals.includes(systemCode(error) ?? '')
      throw new FailureError(isTold ? told : unreachable(folder, told.details))
    }
  }

const unreachable = (folder: string, details?: string) =>
  failure(
    'store-unreachable',
    `The shared folder “${folder}” cannot be reached.`,
    'Check that it exists and, where it is a share, that it is mounted on this machine. Then try again.',
    details,
  )
