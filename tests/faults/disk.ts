import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A disk that can be filled: the song and the library of a stage lie on it. */
export interface Disk {
  readonly folder: string
  /** For every process that writes to it. */
  readonly environment: Readonly<Record<string, string>>
  /** Whether it is a file system of its own; else writing is made to fail. */
  readonly isReal: boolean
  /** Leaves so many bytes at most. */
  fill(leftBytes: number): void
  free(): void
  close(): void
}

const SIZE_MEGABYTES = 600
const BALLAST_BLOCK = Buffer.alloc(1 << 20)
const failing = pathToFileURL(resolve(import.meta.dirname, '../support/failing-disk.mjs')).href

/** A file system of limited size where one may be mounted (Linux, as root); elsewhere a folder in which writing can fail. */
export function openDisk(place: string): Disk {
  const folder = join(place, 'disk')
  fs.mkdirSync(folder)
  return mountLimited(folder)
    ? limitedDisk(folder, join(folder, 'ballast'))
    : failingDisk(folder, join(place, 'trouble'))
}

function mountLimited(folder: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MEGABYTES}m`, 'none', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function limitedDisk(folder: string, ballast: string): Disk {
  const unmount = () => void execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
  process.on('exit', unmount)
  return {
    folder,
    environment: {},
    isReal: true,
    fill(leftBytes) {
      const descriptor = fs.openSync(ballast, 'a')
      try {
        for (const block of [BALLAST_BLOCK, BALLAST_BLOCK.subarray(0, 4096)]) writeUntilFull(descriptor, block)
      } finally {
        fs.closeSync(descriptor)
      }
      fs.truncateSync(ballast, Math.max(0, fs.statSync(ballast).size - leftBytes))
    },
    free: () => fs.rmSync(ballast, { force: true }),
    close() {
      process.off('exit', unmount)
      unmount()
    },
  }
}

function writeUntilFull(descriptor: number, block: Buffer): void {
  try {
    for (;;) fs.writeSync(descriptor, block)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')) throw cause
  }
}

function failingDisk(folder: string, troubleFile: string): Disk {
  return {
    folder,
    environment: { NODE_OPTIONS: `--import=${failing}`, UNDERSTUDY_TEST_DISK: troubleFile },
    isReal: false,
    fill: () => fs.writeFileSync(troubleFile, JSON.stringify({ code: 'ENOSPC', under: folder })),
    free: () => fs.rmSync(troubleFile, { force: true }),
    close: () => {},
  }
}
