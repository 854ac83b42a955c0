import * as fs from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Failure } from '../../shared/base/errors.ts'
import { failure } from '../../shared/base/errors.ts'
import type { Result } from '../../shared/base/result.ts'
import { failed, ok } from '../../shared/base/result.ts'

/** Who holds a library, as its lock file says. */
interface LockHolder {
  readonly pid: number
  readonly host: string
  /** When the process began, in the system's own words, so that a later process with the same number is told apart. */
  readonly processStart: string | null
  readonly sinceMs: number
}

export interface LibraryLock {
  release(): void
}

export const lockPath = (folder: string): string => join(folder, 'library.lock')

/** Takes the library for this process, also from a holder that is no longer alive. */
export function takeLock(folder: string, nowMs: number): Result<LibraryLock> {
  const path = lockPath(folder)
  const own: LockHolder = {
    pid: process.pid,
    host: hostname(),
    processStart: processStart(process.pid),
    sinceMs: nowMs,
  }
  const text = JSON.stringify(own)
  for (let attempt = 0; attempt < 3; attempt++) {
    const isWritten = writeNew(folder, text)
    if (isWritten === null) return failed(notWritable(folder))
    if (isWritten) return ok({ release: () => releaseIfOwn(path, text) })
    const holder = readHolder(path)
    if (holder !== null && isAlive(holder)) return failed(inUse(holder))
    putAside(path)
  }
  return failed(
    failure('library-in-use', 'The library is being opened by another process at this moment.', 'Try again.'),
  )
}

/** Whether the file was made by this call (the system makes it for one of several at once); null: nothing may be written. */
function writeNew(folder: string, text: string): boolean | null {
  try {
    fs.mkdirSync(folder, { recursive: true })
    fs.writeFileSync(lockPath(folder), text, { flag: 'wx' })
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EEXIST') return false
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return null
    throw error
  }
}

const notWritable = (folder: string): Failure =>
  failure(
    'folder-read-only',
    `The library's folder “${folder}” may not be written.`,
    'Allow writing there, or name another folder in UNDERSTUDY_HOME.',
  )

function readHolder(path: string): LockHolder | null {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(path, 'utf8'))
    return isHolder(value) ? value : null
  } catch {
    return null // gone meanwhile, or cut off by a crash: nobody holds it
  }
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== 'object' || value === null) return false
  const { pid, host, processStart: start, sinceMs } = value as Partial<Record<keyof LockHolder, unknown>> // each is checked below
  const isStart = start === null || typeof start === 'string'
  return Number.isInteger(pid) && typeof host === 'string' && isStart && typeof sinceMs === 'number'
}

/** Of a holder on another machine nobody here can tell: it counts as alive. */
function isAlive(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return true
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return holder.processStart === null || holder.processStart === processStart(holder.pid)
}

/** Linux tells when a process began (field 22 of /proc/…/stat); elsewhere its number must do. */
function processStart(pid: number): string | null {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function putAside(path: string): void {
  fs.rmSync(path, { force: true })
}

function releaseIfOwn(path: string, text: string): void {
  try {
    if (fs.readFileSync(path, 'utf8') === text) fs.rmSync(path)
  } catch {
    // Gone already: there is nothing to release.
  }
}

function inUse(holder: LockHolder): Failure {
  const since = new Date(holder.sinceMs).toISOString().slice(0, 16).replace('T', ' ')
  const where = holder.host === hostname() ? 'on this machine' : `on ${holder.host}`
  return failure(
    'library-in-use',
    `The library is open in another Understudy: process ${holder.pid} ${where}, since ${since} UTC.`,
    holder.host === hostname()
      ? 'Use that one, or close it.'
      : `Close it there. If ${holder.host} is switched off, delete “library.lock” in the library's folder.`,
  )
}
