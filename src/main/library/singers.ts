import type { Database } from 'better-sqlite3'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { SingerId } from '../../shared/base/id.ts'
import type { Singer } from '../../shared/contract/library.ts'

export interface SingersTable {
  /** Oldest first. */
  list(): Singer[]
  find(id: SingerId): Singer | null
  /** Throws name-taken. */
  insert(singer: Singer): void
  /** Replaces everything but the id. Throws not-found, name-taken. */
  update(singer: Singer): void
  /** Its datasets go with it. */
  remove(id: SingerId): void
}

interface SingerRow {
  id: string
  name: string
  hue_index: number
  lowest_hz: number
  highest_hz: number
  median_hz: number
  origin: string
  licence: string
  consent: string | null
  trained_from_sec: number
  created_at_ms: number
  digest: string
  converter: string
  learned_fraction: number
  card: string | null
}

export function createSingersTable(database: Database): SingersTable {
  const all = database.prepare<[], SingerRow>('SELECT * FROM singers ORDER BY created_at_ms, id')
  const byId = database.prepare<[string], SingerRow>('SELECT * FROM singers WHERE id = ?')
  const byName = database.prepare<[string, string], SingerRow>('SELECT * FROM singers WHERE name = ? AND id <> ?')
  const insertRow = database.prepare<SingerRow>(
    `INSERT INTO singers VALUES (@id, @name, @hue_index, @lowest_hz, @highest_hz, @median_hz, @origin, @licence,
       @consent, @trained_from_sec, @created_at_ms, @digest, @converter, @learned_fraction, @card)`,
  )
  const updateRow = database.prepare<SingerRow>(
    `UPDATE singers SET name = @name, hue_index = @hue_index, lowest_hz = @lowest_hz, highest_hz = @highest_hz,
       median_hz = @median_hz, origin = @origin, licence = @licence, consent = @consent,
       trained_from_sec = @trained_from_sec, created_at_ms = @created_at_ms, digest = @digest,
       converter = @converter, learned_fraction = @learned_fraction, card = @card WHERE id = @id`,
  )
  const removeRow = database.prepare<[string]>('DELETE FROM singers WHERE id = ?')

  function requireFreeName(singer: Singer): void {
    if (byName.get(singer.name, singer.id) === undefined) return
    throw new FailureError(
      failure('name-taken', `There is already a singer called “${singer.name}”.`, 'Choose another name.'),
    )
  }
  return {
    list: () => all.all().map(fromRow),
    find(id) {
      const row = byId.get(id)
      return row === undefined ? null : fromRow(row)
    },
    insert(singer) {
      requireFreeName(singer)
      insertRow.run(toRow(singer))
    },
    update(singer) {
      requireFreeName(singer)
      if (updateRow.run(toRow(singer)).changes === 0) {
        throw new FailureError(failure('not-found', `There is no singer ${singer.id} in the library.`))
      }
    },
    remove: (id) => void removeRow.run(id),
  }
}

const toRow = (singer: Singer): SingerRow => ({
  id: singer.id,
  name: singer.name,
  hue_index: singer.hueIndex,
  lowest_hz: singer.lowestHz,
  highest_hz: singer.highestHz,
  median_hz: singer.medianHz,
  origin: singer.origin,
  licence: singer.licence,
  consent: singer.consent,
  trained_from_sec: singer.trainedFromSec,
  created_at_ms: singer.createdAtMs,
  digest: singer.digest,
  converter: singer.converter,
  learned_fraction: singer.learnedFraction,
  card: JSON.stringify(moreOf(singer)),
})

type CardMore = Pick<Singer, 'owner' | 'range' | 'provenance'>

/** What only some cards tell. */
const moreOf = ({ owner, range, provenance }: Singer): CardMore => ({
  ...(owner === undefined ? {} : { owner }),
  ...(range === undefined ? {} : { range }),
  ...(provenance === undefined ? {} : { provenance }),
})

const fromRow = (row: SingerRow): Singer => ({
  id: row.id as SingerId, // minted ids are all that is ever stored
  name: row.name,
  hueIndex: row.hue_index,
  lowestHz: row.lowest_hz,
  highestHz: row.highest_hz,
  medianHz: row.median_hz,
  origin: row.origin as Singer['origin'], // held by the table's CHECK
  licence: row.licence,
  consent: row.consent,
  trainedFromSec: row.trained_from_sec,
  createdAtMs: row.created_at_ms,
  digest: row.digest,
  converter: row.converter,
  learnedFraction: row.learned_fraction,
  ...(row.card === null ? {} : (JSON.parse(row.card) as CardMore)), // written by this file alone
})
