import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const tasksFolder = (folder: string): string => join(folder, 'tasks')

/** A folder of its own for a task, named by the process that works on it: two may work on one. */
export async function makeTaskFolder(folder: string, key: string): Promise<string> {
  const path = join(tasksFolder(folder), `${process.pid}-${key.slice(0, 16)}`)
  await rm(path, { recursive: true, force: true })
  await mkdir(path, { recursive: true })
  return path
}

/** Removes what workers that live no more had begun. */
export async function clearTaskFolders(folder: string): Promise<void> {
  const names = await readdir(tasksFolder(folder)).catch(() => [])
  for (const name of names) {
    if (!isAlive(Number.parseInt(name, 10))) await rm(join(tasksFolder(folder), name), { recursive: true, force: true })
  }
}

function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false
  try {
    process.kill(processId, 0)
    return true
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}
