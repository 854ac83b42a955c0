import type { Database } from 'better-sqlite3'
import { failure } from '../../shared/base/errors.ts'
import type { JobId } from '../../shared/base/id.ts'
import type { Job } from '../../shared/contract/jobs.ts'

/** A job as it is kept: with what it was asked, so that it can be asked again. */
export interface StoredJob {
  readonly job: Job
  /** The request that started it, as JSON data; null where it cannot be repeated. */
  readonly request: unknown
}

export interface JobsTable {
  /** Newest first. */
  list(): StoredJob[]
  find(id: JobId): StoredJob | null
  /** Adds it or replaces its state; the request is kept from the first time. */
  save(job: Job, request?: unknown): void
  remove(id: JobId): void
  /**
   * What was waiting or running when the program ended: a training is paused, because its checkpoint lies on the disk;
   * anything else failed and can be tried again. Returns the jobs as they are now.
   */
  interrupt(nowMs: number): Job[]
}

interface JobRow {
  id: string
  kind: string
  state: string
  created_at_ms: number
  finished_at_ms: number | null
  request: string | null
  job: string
}

/** Finished jobs beyond this many are forgotten, oldest first. */
const finishedLimit = 200

export function createJobsTable(database: Database): JobsTable {
  const all = database.prepare<[], JobRow>('SELECT * FROM jobs ORDER BY created_at_ms DESC, id')
  const byId = database.prepare<[string], JobRow>('SELECT * FROM jobs WHERE id = ?')
  const active = database.prepare<[], JobRow>(
    `SELECT * FROM jobs WHERE state IN ('queued', 'running') ORDER BY created_at_ms, id`,
  )
  const upsert = database.prepare<JobRow>(
    `INSERT INTO jobs VALUES (@id, @kind, @state, @created_at_ms, @finished_at_ms, @request, @job)
     ON CONFLICT (id) DO UPDATE SET state = @state, finished_at_ms = @finished_at_ms, job = @job,
       request = coalesce(@request, request)`,
  )
  const forget = database.prepare<[number]>(
    `DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE finished_at_ms IS NOT NULL
       ORDER BY finished_at_ms DESC LIMIT -1 OFFSET ?)`,
  )
  const removeRow = database.prepare<[string]>('DELETE FROM jobs WHERE id = ?')

  function save(job: Job, request?: unknown): void {
    upsert.run(toRow(job, request))
    if (job.finishedAtMs !== null) forget.run(finishedLimit)
  }
  return {
    list: () => all.all().map(fromRow),
    find(id) {
      const row = byId.get(id)
      return row === undefined ? null : fromRow(row)
    },
    save,
    remove: (id) => void removeRow.run(id),
    interrupt: database.transaction((nowMs: number) =>
      active.all().map((row) => {
        const job = interrupted(fromRow(row).job, nowMs)
        save(job)
        return job
      }),
    ),
  }
}

function interrupted(job: Job, nowMs: number): Job {
  const common = { ...job, remainingSec: null, queuePosition: null, isRetryable: true }
  if (job.kind === 'train') return { ...common, state: 'paused', phase: 'stopped when the program ended' }
  return {
    ...common,
    state: 'failed',
    finishedAtMs: nowMs,
    failure: failure('job-interrupted', `“${job.title}” was not finished when the program ended.`, 'Start it again.'),
  }
}

const toRow = (job: Job, request: unknown): JobRow => ({
  id: job.id,
  kind: job.kind,
  state: job.state,
  created_at_ms: job.createdAtMs,
  finished_at_ms: job.finishedAtMs,
  request: request === undefined ? null : JSON.stringify(request),
  job: JSON.stringify(job),
})

const fromRow = (row: JobRow): StoredJob => ({
  job: JSON.parse(row.job) as Job, // written by this file alone
  request: row.request === null ? null : (JSON.parse(row.request) as unknown),
})
