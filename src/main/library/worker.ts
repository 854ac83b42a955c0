import { parentPort, workerData } from 'node:worker_threads'
import { assert } from '../../shared/base/assert.ts'
import { FailureError, type Failure } from '../../shared/base/errors.ts'
import { databaseFailure } from './database-failure.ts'
import { databasePath, openDatabase } from './database.ts'
import type { FromLibraryWorker, ToLibraryWorker, WorkerStart } from './messages.ts'
import { createTables, tableMethods } from './tables.ts'

assert(parentPort !== null, 'the library runs in a worker thread')
const port = parentPort
const { folder, nowMs } = workerData as WorkerStart // the client of the same version starts this thread
const send = (message: FromLibraryWorker): void => port.postMessage(message)

try {
  serve()
} catch (error) {
  const refusal = expected(error)
  if (refusal === null) throw error
  send({ kind: 'refused', failure: refusal })
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
    const refusal = expected(error)
    if (refusal !== null) send({ kind: 'failed', callId, failure: refusal })
    else
      send({ kind: 'broke', callId, message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function expected(error: unknown): Failure | null {
  return error instanceof FailureError ? error.failure : databaseFailure(error, databasePath(folder))
}

function callTable(call: Extract<ToLibraryWorker, { kind: 'call' }>, tables: object): unknown {
  const allowed: Readonly<Record<string, readonly string[]>> = tableMethods
  assert(allowed[call.table]?.includes(call.method), `there is no ${call.table}.${call.method}`)
  const methods = tables as Record<string, Record<string, (...values: unknown[]) => unknown>> // TableClients gives the types on the other side
  return methods[call.table][call.method](...call.values)
}
