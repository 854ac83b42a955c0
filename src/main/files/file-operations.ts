import * as fs from 'node:fs'
import type { Failure } from '../../shared/base/errors.ts'
import { failure } from '../../shared/base/errors.ts'

/** The few calls by which this room writes; a test gives its own to fill a disk or lock a folder. */
export interface FileOperations {
  open(path: string, flags: string): number
  /** Writes all bytes, at a position or after what was written last. */
  write(descriptor: number, bytes: Uint8Array, position?: number): void
  sync(descriptor: number): void
  close(descriptor: number): void
  rename(from: string, to: string): void
  /** Another name for the same bytes; a copy where the disk knows no such thing. `to` does not exist yet. */
  link(from: string, to: string): void
  remove(path: string): void
  makeFolder(path: string): void
  /** Makes a rename durable; does nothing where a folder cannot be opened (Windows). */
  syncFolder(path: string): void
  /** Bytes that this user may still write in a folder that exists. */
  freeBytes(folder: string): number
}

/** Another disk, or one without links (exFAT, some network folders). */
const cannotLink = ['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']

export const diskOperations: FileOperations = {
  open: (path, flags) => fs.openSync(path, flags),
  write(descriptor, bytes, position) {
    let written = 0
    while (written < bytes.length) {
      const at = position === undefined ? null : position + written
      written += fs.writeSync(descriptor, bytes, written, bytes.length - written, at)
    }
  },
  sync: (descriptor) => fs.fsyncSync(descriptor),
  close: (descriptor) => fs.closeSync(descriptor),
  rename: (from, to) => fs.renameSync(from, to),
  link(from, to) {
    try {
      fs.linkSync(from, to)
    } catch (error) {
      if (!cannotLink.includes(systemCode(error) ?? '')) throw error
      fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL)
    }
  },
  remove: (path) => fs.rmSync(path, { force: true }),
  makeFolder: (path) => void fs.mkdirSync(path, { recursive: true }),
  syncFolder(path) {
    if (process.platform === 'win32') return
    const descriptor = fs.openSync(path, 'r')
    try {
      fs.fsyncSync(descriptor)
    } finally {
      fs.closeSync(descriptor)
    }
  },
  freeBytes(folder) {
    const status = fs.statfsSync(folder)
    return status.bavail * status.bsize
  },
}

/** What a failed file call means to the person. Bugs (anything without a system code) are thrown on. */
export function fileFailure(error: unknown, path: string, doing: 'read' | 'write'): Failure {
  const code = systemCode(error)
  if (code === null) throw error
  const details = error instanceof Error ? error.message : code
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return failure(
        'disk-full',
        `The disk is full: “${path}” could not be written.`,
        'Free some space and try again.',
        details,
      )
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return doing === 'write'
        ? failure(
            'folder-read-only',
            `“${path}” may not be written: the folder or file is read-only.`,
            'Choose another folder, or allow writing there.',
            details,
          )
        : failure(
            'file-unreadable',
            `“${path}” may not be read by this user.`,
            'Allow reading it, or copy it elsewhere.',
            details,
          )
    case 'ENOENT':
    case 'ENOTDIR':
      return failure('file-missing', `“${path}” is not there.`, 'Check that it was not moved or renamed.', details)
    default:
      return failure(
        'file-unreadable',
        `“${path}” could not be ${doing === 'write' ? 'written' : 'read'} (${code}).`,
        undefined,
        details,
      )
  }
}

/** "ENOSPC" and the like; null for anything that is no system error. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : null
}
