import { spawn } from 'node:child_process'
import { CancelledError } from '../../../shared/base/errors.ts'

/** Enough to see what went wrong. */
const LAST_WORDS_LENGTH = 4000

/**
 * Runs a program to its end and answers what it said. Cancelled, it and everything that it started is ended, and only
 * then this settles, so that nothing writes any more. Throws CancelledError, or Error with the program's last words.
 */
export function runTool(
  command: string,
  words: readonly string[],
  { signal, folder }: { readonly signal: AbortSignal; readonly folder?: string },
): Promise<string> {
  if (signal.aborted) return Promise.reject(new CancelledError())
  return new Promise((resolve, reject) => {
    // A group of its own: npm starts others, which would go on without it.
    const child = spawn(command, words, {
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(folder === undefined ? {} : { cwd: folder }),
    })
    let said = ''
    let complaint = ''
    const end = () => endGroup(child.pid)
    signal.addEventListener('abort', end, { once: true })
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-LAST_WORDS_LENGTH)
    })
    child.on('error', (cause) => {
      signal.removeEventListener('abort', end)
      reject(cause)
    })
    child.on('close', (code) => {
      signal.removeEventListener('abort', end)
      if (signal.aborted) reject(new CancelledError())
      else if (code === 0) resolve(said)
      else
        reject(
          new Error(`${command} ${words[0] ?? ''} ended with ${code}: ${complaint || said.slice(-LAST_WORDS_LENGTH)}`),
        )
    })
  })
}

function endGroup(processId: number | undefined): void {
  if (processId === undefined) return
  try {
    process.kill(process.platform === 'win32' ? processId : -processId, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}
