import { parentPort, workerData } from 'node:worker_threads'
import { assert } from '../../shared/base/assert.ts'
import { FailureError } from '../../shared/base/errors.ts'
import { openDatabase } from './database.ts'
import type { FromLibraryWorker, ToLibraryWorker, WorkerStart } from './messages.ts'
import { createTables, tableMethods } from './tables.ts'

assert(parentPort !== null, 'the library runs in a worker thread')
const port = parentPort
const { folder, nowMs } = workerData as WorkerStart // the client of the same version starts this thread
const send = (message: FromLibraryWorker): void => port.postMessage(message)

try {
  serve()
} catch (error) {
  if (!(error instanceof FailureError)) throw error
  send({ kind: 'refused', failure: error.failure })
}

function serve(): void {
  const { database, corruptPath } = openDatabase(folder, nowMs)
  const tables = createTables(database)
  port.on('message', (message: ToLibraryWorker) => {
    if (message.kind === 'close') {
      database.close()
      send({ kind: 'closed' })
      port.close()
      return
    }
    answer(message, tables)
  })
  send({ kind: 'opened', corruptPath })
}

function answer(call: Extract<ToLibraryWorker, { kind: 'call' }>, tables: object): void {
  const { callId } = call
  try {
    send({ kind: 'answered', callId, value: callTable(call, tables) })
  } catch (error) {
    if (error instanceof FailureError) send({ kind: 'failed', callId, failure: error.failure })
    else
      send({ kind: 'broke', callId, message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function callTable(call: Extract<ToLibraryWorker, { kind: 'call' }>, tables: object): unknown {
  const allowed: Readonly<Record<string, readonly string[]>> = tableMethods
  assert(allowed[call.table]?.includes(call.method), `there is no ${call.table}.${call.method}`)
  const methods = tables as Record<string, Record<string, (...values: unknown[]) => unknown>> // TableClients gives the types on the other side
  return methods[call.table][call.method](...call.values)
}
