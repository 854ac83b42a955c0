import type { Database } from 'better-sqlite3'
import type { SourceId } from '../../shared/base/id.ts'
import type { ClipVerdict } from '../../shared/contract/jobs.ts'

/** A recording in the library's clips folder. */
export interface Clip {
  readonly id: SourceId
  readonly fileName: string
  readonly durationSamples: number
  readonly rateHz: number
  readonly addedAtMs: number
  /** What the inspection before a training found; null until then. */
  readonly verdict: ClipVerdict | null
}

export interface ClipsTable {
  /** Oldest first. */
  list(): Clip[]
  find(id: SourceId): Clip | null
  /** Adds it, or replaces what was known of it. */
  save(clip: Clip): void
  saveVerdict(verdict: ClipVerdict): void
  /** Returns whether it is gone; a clip that a dataset needs stays. */
  remove(id: SourceId): boolean
}

interface ClipRow {
  id: string
  file_name: string
  duration_samples: number
  rate_hz: number
  added_at_ms: number
  verdict: string | null
}

export function createClipsTable(database: Database): ClipsTable {
  const all = database.prepare<[], ClipRow>('SELECT * FROM clips ORDER BY added_at_ms, id')
  const byId = database.prepare<[string], ClipRow>('SELECT * FROM clips WHERE id = ?')
  const upsert = database.prepare<ClipRow>(
    `INSERT INTO clips VALUES (@id, @file_name, @duration_samples, @rate_hz, @added_at_ms, @verdict)
     ON CONFLICT (id) DO UPDATE SET file_name = @file_name, duration_samples = @duration_samples,
       rate_hz = @rate_hz, added_at_ms = @added_at_ms, verdict = @verdict`,
  )
  const setVerdict = database.prepare<[string, string]>('UPDATE clips SET verdict = ? WHERE id = ?')
  const removeUnused = database.prepare<[string]>(
    'DELETE FROM clips WHERE id = ? AND id NOT IN (SELECT clip_id FROM dataset_members)',
  )
  return {
    list: () => all.all().map(fromRow),
    find(id) {
      const row = byId.get(id)
      return row === undefined ? null : fromRow(row)
    },
    save: (clip) => void upsert.run(toRow(clip)),
    saveVerdict: (verdict) => void setVerdict.run(JSON.stringify(verdict), verdict.clipId),
    remove(id) {
      removeUnused.run(id)
      return byId.get(id) === undefined
    },
  }
}

const toRow = (clip: Clip): ClipRow => ({
  id: clip.id,
  file_name: clip.fileName,
  duration_samples: clip.durationSamples,
  rate_hz: clip.rateHz,
  added_at_ms: clip.addedAtMs,
  verdict: clip.verdict === null ? null : JSON.stringify(clip.verdict),
})

const fromRow = (row: ClipRow): Clip => ({
  id: row.id as SourceId, // only hashes are ever stored
  fileName: row.file_name,
  durationSamples: row.duration_samples,
  rateHz: row.rate_hz,
  addedAtMs: row.added_at_ms,
  verdict: row.verdict === null ? null : verdictOf(row.verdict),
})

/** Written by this file alone; what older versions did not know of a clip is not known. */
const verdictOf = (text: string): ClipVerdict =>
  ({ findings: [], slices: [], cutoffHz: null, ...JSON.parse(text) }) as ClipVerdict
