import type { Database } from 'better-sqlite3'
import type { SingerId, SourceId } from '../../shared/base/id.ts'

/** The clips that a singer is trained from. */
export interface Dataset {
  readonly id: string
  readonly singerId: SingerId
  /** In the order of the training. */
  readonly clipIds: readonly SourceId[]
  readonly createdAtMs: number
}

export interface DatasetsTable {
  list(): Dataset[]
  ofSinger(singerId: SingerId): Dataset[]
  insert(dataset: Dataset): void
  remove(id: string): void
}

interface DatasetRow {
  id: string
  singer_id: string
  created_at_ms: number
}

export function createDatasetsTable(database: Database): DatasetsTable {
  const all = database.prepare<[], DatasetRow>('SELECT * FROM datasets ORDER BY created_at_ms, id')
  const bySinger = database.prepare<[string], DatasetRow>(
    'SELECT * FROM datasets WHERE singer_id = ? ORDER BY created_at_ms, id',
  )
  const members = database
    .prepare<[string], string>('SELECT clip_id FROM dataset_members WHERE dataset_id = ? ORDER BY position')
    .pluck()
  const insertRow = database.prepare<DatasetRow>('INSERT INTO datasets VALUES (@id, @singer_id, @created_at_ms)')
  const insertMember = database.prepare<[string, string, number]>('INSERT INTO dataset_members VALUES (?, ?, ?)')
  const removeRow = database.prepare<[string]>('DELETE FROM datasets WHERE id = ?')

  const fromRow = (row: DatasetRow): Dataset => ({
    id: row.id,
    singerId: row.singer_id as SingerId, // minted ids are all that is ever stored
    clipIds: members.all(row.id) as SourceId[], // only hashes are ever stored
    createdAtMs: row.created_at_ms,
  })
  return {
    list: () => all.all().map(fromRow),
    ofSinger: (singerId) => bySinger.all(singerId).map(fromRow),
    insert: database.transaction((dataset: Dataset) => {
      insertRow.run({ id: dataset.id, singer_id: dataset.singerId, created_at_ms: dataset.createdAtMs })
      dataset.clipIds.forEach((clipId, position) => insertMember.run(dataset.id, clipId, position))
    }),
    remove: (id) => void removeRow.run(id),
  }
}
