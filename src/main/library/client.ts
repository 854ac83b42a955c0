import { Worker } from 'node:worker_threads'
import { FailureError } from '../../shared/base/errors.ts'
import type { Result } from '../../shared/base/result.ts'
import { failed, ok } from '../../shared/base/result.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import { inEnglish, tell, type Told } from '../../shared/contract/told.ts'
import { takeLock } from './lock.ts'
import type { FromLibraryWorker, ToLibraryWorker, WorkerStart } from './messages.ts'
import type { LibraryOptions } from './options.ts'
import { rebuildFromFiles } from './rebuild.ts'
import type { TableClients } from './tables.ts'
import { tableMethods } from './tables.ts'

export { clipsFolder, singersFolder } from './options.ts'

/** The library, as the rest of `main` sees it. Calls throw FailureError for expected failures. */
export interface Library extends TableClients {
  /** What the person must be told: a library rebuilt, jobs interrupted. */
  readonly notices: readonly string[]
  /** The notices by their codes, in the same order. */
  readonly toldNotices: readonly Told[]
  /** What was waiting or running when the program ended, as it is kept now. */
  readonly interruptedJobs: readonly Job[]
  close(): Promise<void>
}

/** Opens the library of a folder in a thread of its own. Fails with library-in-use, library-newer. */
export async function openLibrary(options: LibraryOptions): Promise<Result<Library>> {
  const lock = takeLock(options.folder, options.nowMs())
  if (!lock.ok) return lock
  const thread = await startThread(options).catch((error: unknown) => {
    lock.value.release()
    throw error
  })
  if (!thread.ok) {
    lock.value.release()
    return thread
  }
  const { call, corruptPath, stop } = thread.value
  const tables = createTableClients(call)
  const close = async () => {
    await stop()
    lock.value.release()
  }
  try {
    const rebuilt = corruptPath === null ? [] : await rebuildFromFiles(tables, corruptPath, options)
    const interruptedJobs = await tables.jobs.interrupt(options.nowMs())
    const toldNotices = [...rebuilt, ...interruptedJobs.map(tellInterrupted)]
    return ok({ ...tables, notices: toldNotices.map(inEnglish), toldNotices, interruptedJobs, close })
  } catch (error) {
    // A thread that is left behind would keep the process, and its lock the next one.
    await close()
    if (error instanceof FailureError) return failed(error.failure)
    throw error
  }
}

const tellInterrupted = ({ state, title }: Job): Told =>
  tell(state === 'paused' ? 'ran-and-can-go-on' : 'ran-and-may-start', title)

type CallTable = (table: string, method: string, values: unknown[]) => Promise<unknown>

interface LibraryThread {
  readonly call: CallTable
  readonly corruptPath: string | null
  readonly stop: () => Promise<void>
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

function startThread(options: LibraryOptions): Promise<Result<LibraryThread>> {
  const start: WorkerStart = { folder: options.folder, nowMs: options.nowMs() }
  const path = options.workerPath ?? new URL('./worker.ts', import.meta.url)
  const worker = new Worker(path, { workerData: start, execArgv: [] })
  const waiting = new Map<number, Waiting>()
  let callCount = 0
  let ended: Error | null = null
  let tellClosed = (): void => {}
  const post = (message: ToLibraryWorker): void => worker.postMessage(message)

  const call: CallTable = (table, method, values) =>
    new Promise((resolve, reject) => {
      if (ended !== null) return reject(ended)
      const callId = callCount++
      waiting.set(callId, { resolve, reject })
      post({ kind: 'call', callId, table, method, values })
    })
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      if (ended !== null) return resolve()
      tellClosed = resolve
      post({ kind: 'close' })
    })
  function end(error: Error): void {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
    tellClosed()
  }

  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromLibraryWorker) => {
      switch (message.kind) {
        case 'opened':
          return resolve(ok({ call, corruptPath: message.corruptPath, stop }))
        case 'refused':
          return resolve(failed(message.failure))
        case 'closed':
          return end(new Error('the library is closed'))
        default:
          settle(waiting, message)
      }
    })
    worker.on('error', (error) => {
      end(error)
      reject(error)
    })
    worker.on('exit', () => end(new Error('the library’s thread ended')))
  })
}

type Answer = Extract<FromLibraryWorker, { callId: number }>

function settle(waiting: Map<number, Waiting>, message: Answer): void {
  const call = waiting.get(message.callId)
  waiting.delete(message.callId)
  if (call === undefined) return
  if (message.kind === 'answered') call.resolve(message.value)
  else call.reject(message.kind === 'failed' ? new FailureError(message.failure) : new Error(message.message))
}

function createTableClients(call: CallTable): TableClients {
  const clients = Object.entries(tableMethods).map(([table, methods]) => [
    table,
    Object.fromEntries(methods.map((method) => [method, (...values: unknown[]) => call(table, method, values)])),
  ])
  return Object.fromEntries(clients) as TableClients // the names come from the very list that TableClients describes
}
