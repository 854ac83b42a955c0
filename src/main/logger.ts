import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FailureError } from '../shared/base/errors.ts'
import { impersonal, impersonalFrames } from '../shared/base/impersonal.ts'

/**
 * A log that could be shown to anybody: codes, kinds, counts and versions. Names of songs, singers and people, and
 * places on the disk do not belong in a message; what slips into one in quotation marks or as a path is masked.
 */
export interface Logger {
  info(message: string): void
  warn(message: string): void
  /** @param cause told by its kind, its code and the program's own lines that it came through */
  error(message: string, cause?: unknown): void
}

/** A log this large becomes `.old`; two of them are kept. */
const LARGEST_LOG_BYTES = 2_000_000

/** Writes lines to `<folder>/<name>.log`. A full or read-only disk must not stop the program, so it then stays silent. */
export function createLogger(folder: string, name: string, largestBytes = LARGEST_LOG_BYTES): Logger {
  const path = join(folder, `${name}.log`)
  const write = (level: string, message: string, frames: readonly string[] = []) => {
    try {
      const lines = [impersonal(message), ...frames].join('\n').replaceAll('\n', '\n  ')
      mkdirSync(folder, { recursive: true })
      // Another process may write to the same file, so its size is asked for each time.
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= largestBytes) renameSync(path, `${path}.old`)
      appendFileSync(path, `${new Date().toISOString()} ${level} ${lines}\n`)
    } catch {
      // Nowhere is left to tell.
    }
  }
  return {
    info: (message) => write('info', message),
    warn: (message) => write('warn', message),
    error: (message, cause) =>
      cause === undefined
        ? write('error', message)
        : write('error', `${message}: ${kindOfCause(cause)}`, cause instanceof Error ? framesOf(cause) : []),
  }
}

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} }

/** In full, for the person who sees it now. */
export const describeCause = (cause: unknown): string =>
  cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)

/** What may be told of a fault anywhere: its kind and code. Its words only where they are the program's or Node's own. */
export function kindOfCause(cause: unknown): string {
  if (cause instanceof FailureError) return cause.failure.code
  if (!(cause instanceof Error)) return typeof cause
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : null
  const call = 'syscall' in cause && typeof cause.syscall === 'string' ? cause.syscall : null
  return [cause.name, code, call, code === null && speaksOfCode(cause) ? impersonal(cause.message) : null]
    .filter((part) => part !== null)
    .join(' ')
}

/** Faults in the program itself speak of its own names; a parser's quote what was parsed, and others may name anything. */
const speaksOfCode = (cause: Error): boolean =>
  cause instanceof TypeError || cause instanceof RangeError || cause.message.startsWith('Assertion failed: ')

const framesOf = (cause: Error): readonly string[] => impersonalFrames(cause.stack ?? '').slice(0, 12)
