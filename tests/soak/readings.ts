import { existsSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { isUnfinishedTraining, singersOfJob } from '../../src/main/verbs/singers-at-hand.ts'
import { withLibraryCopy } from '../faults/invariants/library-is-whole.ts'
import { filesBelow, type Stage } from '../faults/stage.ts'
import { processTree } from '../support/process-tree.ts'

/** What must not grow while the same work is done again and again, and by how much it may over half of a run. */
export const quantities = {
  'host MB': 24,
  'workers MB': 48,
  'host handles': 4,
  'worker handles': 4,
  tensors: 0,
  'passing files': 0,
  // Without those of whoever is still learning.
  'rows of the library': 0,
} as const

export type Reading = Readonly<Record<keyof typeof quantities, number>>

/** At a quiet moment. Handles are told by Linux alone; elsewhere they count as none. */
export async function read(stage: Stage): Promise<Reading> {
  const { pid } = stage.host()
  const rows = processTree(pid)
  const own = rows.filter((row) => row.pid === pid)
  const others = rows.filter((row) => row.pid !== pid)
  const megabytes = (some: typeof rows) => some.reduce((sum, row) => sum + row.residentBytes, 0) / 1e6
  const handles = (some: typeof rows) => some.reduce((sum, row) => sum + handleCount(row.pid), 0)
  const { workers } = await stage.ask('engine:describe', {})
  return {
    'host MB': megabytes(own),
    'workers MB': megabytes(others),
    'host handles': handles(own),
    'worker handles': handles(others),
    tensors: workers.reduce((sum, { tensorCount }) => sum + tensorCount, 0),
    'passing files': filesBelow(stage.disk.folder).filter((path) => basename(path).startsWith('.')).length,
    'rows of the library': await rowCount(stage),
  }
}

function handleCount(pid: number): number {
  const folder = `/proc/${pid}/fd`
  return existsSync(folder) ? readdirSync(folder).length : 0
}

/** Each fresh render has a row of its own, and the last two hundred jobs: these grow as they should. */
const growing = ['renders', 'jobs']

async function rowCount(stage: Stage): Promise<number> {
  const learning = (await stage.ask('jobs:list', {})).filter(isUnfinishedTraining).flatMap(singersOfJob)
  return withLibraryCopy(stage, (database) => {
    // With their datasets.
    database.pragma('foreign_keys = ON')
    for (const singerId of learning) database.prepare<[string]>('DELETE FROM singers WHERE id = ?').run(singerId)
    const tables = database
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`)
      .all()
      .filter(({ name }) => !growing.includes(name))
    return tables.reduce((sum, { name }) => {
      const row = database.prepare<[], { count: number }>(`SELECT count(*) AS count FROM "${name}"`).get()
      return sum + (row?.count ?? 0)
    }, 0)
  })
}
