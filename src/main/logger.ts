import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface Logger {
  info(message: string): void
  warn(message: string): void
  error(message: string, cause?: unknown): void
}

/** A log this large becomes `.old`; two of them are kept. */
const LARGEST_LOG_BYTES = 2_000_000

/** Writes lines to `<folder>/<name>.log`. A full or read-only disk must not stop the program, so it then stays silent. */
export function createLogger(folder: string, name: string): Logger {
  const path = join(folder, `${name}.log`)
  makeRoom(folder, path)
  const write = (level: string, message: string) => {
    try {
      appendFileSync(path, `${new Date().toISOString()} ${level} ${message.replaceAll('\n', '\n  ')}\n`)
    } catch {
      // Nowhere is left to tell.
    }
  }
  return {
    info: (message) => write('info', message),
    warn: (message) => write('warn', message),
    error: (message, cause) => write('error', cause === undefined ? message : `${message}\n${describeCause(cause)}`),
  }
}

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} }

export const describeCause = (cause: unknown): string =>
  cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)

function makeRoom(folder: string, path: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG_BYTES) renameSync(path, `${path}.old`)
  } catch {
    // The same: a log that can't be kept is no reason to stop.
  }
}
