import * as fs from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { PerformerId, ProjectId } from '../../shared/base/id.ts'
import type { RecentProject } from '../../shared/contract/library.ts'

export interface RecentsTable {
  /** Last opened first; says which are no longer where they were. */
  list(): RecentProject[]
  /** A project that is opened or saved; known by its path. */
  record(project: Omit<RecentProject, 'isMissing'>): void
  remove(path: string): void
}

interface RecentRow {
  path: string
  project_id: string
  name: string
  duration_sec: number
  singer_ids: string
  opened_at_ms: number
}

const listLimit = 50

export function createRecentsTable(database: Database): RecentsTable {
  const newest = database.prepare<[number], RecentRow>(
    'SELECT * FROM recent_projects ORDER BY opened_at_ms DESC LIMIT ?',
  )
  const upsert = database.prepare<RecentRow>(
    `INSERT OR REPLACE INTO recent_projects
     VALUES (@path, @project_id, @name, @duration_sec, @singer_ids, @opened_at_ms)`,
  )
  const removeRow = database.prepare<[string]>('DELETE FROM recent_projects WHERE path = ?')
  return {
    list: () => newest.all(listLimit).map(fromRow),
    record: (project) =>
      void upsert.run({
        path: project.path,
        project_id: project.projectId,
        name: project.name,
        duration_sec: project.durationSec,
        singer_ids: JSON.stringify(project.singerIds),
        opened_at_ms: project.openedAtMs,
      }),
    remove: (path) => void removeRow.run(path),
  }
}

const fromRow = (row: RecentRow): RecentProject => ({
  projectId: row.project_id as ProjectId, // ids of parsed documents are all that is ever stored
  name: row.name,
  path: row.path,
  durationSec: row.duration_sec,
  singerIds: JSON.parse(row.singer_ids) as PerformerId[], // written by this file alone
  openedAtMs: row.opened_at_ms,
  isMissing: !fs.existsSync(row.path),
})
