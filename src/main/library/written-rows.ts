import type { Database } from 'better-sqlite3'

/**
 * What a row must be to be one that this program wrote: a page whose letters were changed passes the database's own
 * check, which looks at its order alone. Columns that an earlier version lacks are passed over.
 */
const claims: readonly (readonly [table: string, column: string, claim: string])[] = [
  ['jobs', 'job', `json_valid(job) AND job ->> '$.id' = id AND job ->> '$.kind' = kind AND job ->> '$.state' = state`],
  ['jobs', 'request', 'request IS NULL OR json_valid(request)'],
  ['renders', 'render', `json_valid(render) AND render ->> '$.key' = key`],
  ['renders', 'report', 'json_valid(report)'],
  ['singers', 'card', 'card IS NULL OR json_valid(card)'],
  ['clips', 'verdict', 'verdict IS NULL OR json_valid(verdict)'],
  ['recent_projects', 'singer_ids', 'json_valid(singer_ids)'],
  ['pitch_outlines', 'outline', 'json_valid(outline)'],
  ['settings', 'value', 'json_valid(value)'],
]

/** Whether every row can be read again. */
export function areRowsWhole(database: Database): boolean {
  const hasColumn = database.prepare<[string, string]>('SELECT 1 FROM pragma_table_info(?) WHERE name = ?')
  return claims.every(([table, column, claim]) => {
    if (hasColumn.get(table, column) === undefined) return true
    // Where the JSON is none, asking for its fields would throw: the order of the claim does not bind the database.
    const broken = `SELECT 1 FROM ${table} WHERE CASE WHEN json_valid(${column}) OR ${column} IS NULL THEN NOT (${claim}) ELSE 1 END`
    return database.prepare(`${broken} LIMIT 1`).get() === undefined
  })
}
