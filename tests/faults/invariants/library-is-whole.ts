import Database from 'better-sqlite3'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { databasePath } from '../../../src/main/library/database.ts'
import type { Stage } from '../stage.ts'
import type { Invariant } from './invariant.ts'

/** The host keeps the file for itself: what it holds at a quiet moment is looked at in a copy. */
export function withLibraryCopy<T>(stage: Stage, look: (database: Database.Database) => T): T {
  const from = databasePath(stage.paths.homeFolder)
  const to = join(stage.materials, 'library copy.sqlite')
  for (const ending of ['', '-wal', '-shm']) fs.rmSync(to + ending, { force: true })
  for (const ending of ['', '-wal']) if (fs.existsSync(from + ending)) fs.copyFileSync(from + ending, to + ending)
  const database = new Database(to)
  try {
    return look(database)
  } finally {
    database.close()
  }
}

export const libraryIsWhole: Invariant = {
  claim: 'the library passes its integrity check, or was rebuilt and the person told, with every singer',
  async check(stage, { spoiled }) {
    const complaints: string[] = []
    // Nothing is known of a page that is spoiled now until the host starts again.
    const found = withLibraryCopy(stage, (database) => database.pragma('integrity_check', { simple: true }))
    if (found !== 'ok') complaints.push(`the library’s check says: ${String(found)}`)
    const isSetAside = fs.readdirSync(stage.paths.homeFolder).some((name) => name.startsWith('library.corrupt'))
    const isTold = stage.notices.some((notice) => /damaged|corrupt/i.test(notice))
    if (isSetAside && !isTold && spoiled === 'library') complaints.push('the library was rebuilt, and nobody was told')
    if (isSetAside && spoiled !== 'library') complaints.push('the library was set aside, and nothing was spoiled')
    const singers = new Set((await stage.ask('singer:list', {})).map(({ id }) => id))
    for (const id of stage.ledger.singers) if (!singers.has(id)) complaints.push(`the singer ${id} is gone`)
    for (const name of fs.readdirSync(stage.paths.homeFolder))
      if (name.startsWith('library.corrupt')) fs.rmSync(join(stage.paths.homeFolder, name), { force: true })
    return complaints
  },
}
