import type { Database } from 'better-sqlite3'
import { createClipsTable } from './clips.ts'
import { createDatasetsTable } from './datasets.ts'
import { createJobsTable } from './jobs.ts'
import { createPitchOutlinesTable } from './pitch-outlines.ts'
import { createRecentsTable } from './recents.ts'
import { createRendersTable } from './renders.ts'
import { createSettingsTable } from './settings.ts'
import { createSingersTable } from './singers.ts'

/** Every table of one database, as the thread that owns it uses them. */
export const createTables = (database: Database) => ({
  singers: createSingersTable(database),
  clips: createClipsTable(database),
  datasets: createDatasetsTable(database),
  jobs: createJobsTable(database),
  recents: createRecentsTable(database),
  renders: createRendersTable(database),
  settings: createSettingsTable(database),
  pitchOutlines: createPitchOutlinesTable(database),
})

export type Tables = ReturnType<typeof createTables>

/** The same calls from another thread: each answers with a promise. */
export type TableClients = {
  readonly [Name in keyof Tables]: {
    readonly [Method in keyof Tables[Name]]: Tables[Name][Method] extends (...values: infer Values) => infer Answer
      ? (...values: Values) => Promise<Answer>
      : never
  }
}

/** What may be called, by name; the worker answers nothing else. */
export const tableMethods: { readonly [Name in keyof Tables]: readonly (keyof Tables[Name] & string)[] } = {
  singers: ['list', 'find', 'insert', 'update', 'remove'],
  clips: ['list', 'find', 'save', 'saveVerdict', 'remove'],
  datasets: ['list', 'ofSinger', 'insert', 'remove'],
  jobs: ['list', 'find', 'save', 'remove', 'interrupt'],
  recents: ['list', 'record', 'remove'],
  renders: ['find', 'ofProject', 'save', 'touch', 'remove'],
  settings: ['get', 'set', 'remove'],
  pitchOutlines: ['find', 'save'],
}
