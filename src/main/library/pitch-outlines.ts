import type { Database } from 'better-sqlite3'
import type { SourceId } from '../../shared/base/id.ts'
import type { PitchOutline } from '../../shared/project/pitch-outline.ts'

export interface PitchOutlinesTable {
  find(id: SourceId): PitchOutline | null
  save(id: SourceId, outline: PitchOutline): void
}

/** Raised when outlines are made otherwise: older ones are then made again. */
const OUTLINE_VERSION = 1

export function createPitchOutlinesTable(database: Database): PitchOutlinesTable {
  const byId = database
    .prepare<[string, number], string>('SELECT outline FROM pitch_outlines WHERE source_id = ? AND version = ?')
    .pluck()
  const upsert = database.prepare<[string, number, string]>('INSERT OR REPLACE INTO pitch_outlines VALUES (?, ?, ?)')
  return {
    find(id) {
      const text = byId.get(id, OUTLINE_VERSION)
      return text === undefined ? null : (JSON.parse(text) as PitchOutline) // written by this file alone
    },
    save: (id, outline) => void upsert.run(id, OUTLINE_VERSION, JSON.stringify(outline)),
  }
}
