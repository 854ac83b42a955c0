import { existsSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { ProjectId, RenderKey } from '../../shared/base/id.ts'
import type { ConversionReport, JobOutcome } from '../../shared/contract/jobs.ts'

type Render = Extract<JobOutcome, { kind: 'convert' }>['render']

/** A render that lies in a project's media folder. */
export interface StoredRender {
  readonly key: RenderKey
  readonly projectId: ProjectId
  readonly path: string
  readonly bytes: number
  readonly render: Render
  readonly report: ConversionReport
  readonly createdAtMs: number
  readonly usedAtMs: number
}

export interface RendersTable {
  /** In this project if it is there, else in any other from where it can be copied, else as it was when it was. */
  find(key: RenderKey, projectId: ProjectId): StoredRender | null
  ofProject(projectId: ProjectId): StoredRender[]
  save(render: StoredRender): void
  touch(key: RenderKey, projectId: ProjectId, nowMs: number): void
  remove(key: RenderKey, projectId: ProjectId): void
}

/** Earlier versions measured less. */
type WrittenReport = Omit<ConversionReport, 'clippedSampleCount' | 'timbre'> & Partial<ConversionReport>

interface RenderRow {
  key: string
  project_id: string
  path: string
  bytes: number
  render: string
  report: string
  created_at_ms: number
  used_at_ms: number
}

export function createRendersTable(database: Database): RendersTable {
  const known = database.prepare<[string, string], RenderRow>(
    'SELECT * FROM renders WHERE key = ? ORDER BY project_id = ? DESC, used_at_ms DESC',
  )
  const byProject = database.prepare<[string], RenderRow>('SELECT * FROM renders WHERE project_id = ? ORDER BY key')
  const upsert = database.prepare<RenderRow>(
    `INSERT OR REPLACE INTO renders
     VALUES (@key, @project_id, @path, @bytes, @render, @report, @created_at_ms, @used_at_ms)`,
  )
  const touchRow = database.prepare<[number, string, string]>(
    'UPDATE renders SET used_at_ms = ? WHERE key = ? AND project_id = ?',
  )
  const removeRow = database.prepare<[string, string]>('DELETE FROM renders WHERE key = ? AND project_id = ?')
  return {
    find(key, projectId) {
      const rows = known.all(key, projectId)
      const row = rows.find(({ path }) => existsSync(path)) ?? rows.at(0)
      return row === undefined ? null : fromRow(row)
    },
    ofProject: (projectId) => byProject.all(projectId).map(fromRow),
    save: (render) => void upsert.run(toRow(render)),
    touch: (key, projectId, nowMs) => void touchRow.run(nowMs, key, projectId),
    remove: (key, projectId) => void removeRow.run(key, projectId),
  }
}

const toRow = (stored: StoredRender): RenderRow => ({
  key: stored.key,
  project_id: stored.projectId,
  path: stored.path,
  bytes: stored.bytes,
  render: JSON.stringify(stored.render),
  report: JSON.stringify(stored.report),
  created_at_ms: stored.createdAtMs,
  used_at_ms: stored.usedAtMs,
})

const fromRow = (row: RenderRow): StoredRender => ({
  key: row.key as RenderKey, // only computed keys are ever stored
  projectId: row.project_id as ProjectId, // ids of parsed documents are all that is ever stored
  path: row.path,
  bytes: row.bytes,
  render: JSON.parse(row.render) as Render, // written by this file alone
  report: { clippedSampleCount: null, timbre: null, ...(JSON.parse(row.report) as WrittenReport) }, // written by this file alone
  createdAtMs: row.created_at_ms,
  usedAtMs: row.used_at_ms,
})
