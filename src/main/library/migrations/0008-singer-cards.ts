import type { Migration } from './migration.ts'

/** What a singer's card tells beyond the columns: owner, range, provenance; null where its file says nothing of them. */
export const singerCardsMigration: Migration = {
  name: '0008-singer-cards',
  sql: `ALTER TABLE singers ADD COLUMN card TEXT;`,
}
