import * as fs from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { databasePath, openDatabase } from '../../../../src/main/library/database.ts'
import { migrations } from '../../../../src/main/library/migrations/index.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

/** The library as it was after so many migrations, and what one more makes of it. */
function openAt(folder: string, version: number) {
  const { database } = openDatabase(folder, 0, migrations.slice(0, version))
  onTestFinished(() => void database.close())
  return database
}

const singerValues = `'s1', 'Mira', 2, 160.5, 880, 330, 'trained', 'private', NULL, 121.5, 7, 'digest', 'converter', 1`

interface TrainingBefore {
  readonly kind?: string
  readonly subject: { readonly kind: string }
  readonly request: object | null
}
const trainingsBefore: Readonly<Record<string, TrainingBefore>> = {
  alone: { subject: { kind: 'singer' }, request: { name: 'Mira' } },
  convert: { kind: 'convert', subject: { kind: 'region' }, request: { name: 'no training' } },
  emotions: { subject: { kind: 'emotion' }, request: { name: 'Moods', plan: { method: 'statistics' } } },
  forgotten: { subject: { kind: 'singer' }, request: null },
  // Of before tables could be learned.
  older: { subject: { kind: 'emotion' }, request: { name: 'Old', size: 'compact' } },
  together: {
    subject: { kind: 'singer' },
    request: { name: 'Day, Ann', beside: [{ name: 'Tom and Co' }], waveform: { size: 'preview' } },
  },
  vocoder: { subject: { kind: 'vocoder' }, request: { name: 'Mine' } },
}

// Number, rows put in at the version before, a question asked after it, the answer.
const stories: readonly (readonly [number, string, string, readonly object[]])[] = [
  [1, '', `INSERT INTO singers VALUES (${singerValues}) RETURNING id, name`, [{ id: 's1', name: 'Mira' }]],
  [
    2,
    `INSERT INTO singers VALUES (${singerValues})`,
    'SELECT (SELECT count(*) FROM singers) AS singers, (SELECT count(*) FROM clips) AS clips',
    [{ singers: 1, clips: 0 }],
  ],
  [
    3,
    `INSERT INTO singers VALUES (${singerValues}); INSERT INTO clips VALUES ('c1', 'a.wav', 9, 48000, 1, NULL)`,
    `INSERT INTO datasets VALUES ('d1', 's1', 1) RETURNING (SELECT file_name FROM clips) AS file_name`,
    [{ file_name: 'a.wav' }],
  ],
  [
    4,
    `INSERT INTO singers VALUES (${singerValues}); INSERT INTO datasets VALUES ('d1', 's1', 1)`,
    `INSERT INTO jobs VALUES ('j1', 'train', 'running', 1, NULL, NULL, '{}') RETURNING (SELECT id FROM datasets) AS dataset`,
    [{ dataset: 'd1' }],
  ],
  [
    5,
    `INSERT INTO jobs VALUES ('j1', 'train', 'running', 1, NULL, NULL, '{}')`,
    `INSERT INTO recent_projects VALUES ('/a', 'p', 'Song', 1.5, '[]', 1) RETURNING (SELECT state FROM jobs) AS state`,
    [{ state: 'running' }],
  ],
  [
    6,
    `INSERT INTO recent_projects VALUES ('/a', 'p', 'Song', 1.5, '[]', 1)`,
    `INSERT INTO renders VALUES ('k', 'p', '/r', 1, '{}', '{}', 1, 1) RETURNING (SELECT name FROM recent_projects) AS name`,
    [{ name: 'Song' }],
  ],
  [
    7,
    `INSERT INTO renders VALUES ('k', 'p', '/r', 1, '{}', '{}', 1, 1)`,
    `INSERT INTO settings VALUES ('a', '1') RETURNING (SELECT key FROM renders) AS key`,
    [{ key: 'k' }],
  ],
  [
    8,
    `INSERT INTO singers VALUES (${singerValues})`,
    `UPDATE singers SET card = '{}' WHERE card IS NULL RETURNING name, card`,
    [{ name: 'Mira', card: '{}' }],
  ],
  [
    9,
    `INSERT INTO settings VALUES ('a', '1')`,
    `INSERT INTO pitch_outlines VALUES ('s', 1, '{}') RETURNING (SELECT value FROM settings) AS value`,
    [{ value: '1' }],
  ],
  [
    10,
    Object.entries(trainingsBefore)
      .map(([id, { kind = 'train', subject, request }]) => {
        const asked = request === null ? 'NULL' : `'${JSON.stringify(request)}'`
        return `INSERT INTO jobs VALUES ('${id}', '${kind}', 'paused', 1, NULL, ${asked}, '${JSON.stringify({ id, subject })}')`
      })
      .join(';'),
    `SELECT id, json_extract(job, '$.id') AS kept, json_extract(job, '$.training') AS training FROM jobs ORDER BY id`,
    [
      { id: 'alone', kept: 'alone', training: '{"names":["Mira"],"method":"spectral-autoencoder"}' },
      { id: 'convert', kept: 'convert', training: null },
      { id: 'emotions', kept: 'emotions', training: '{"names":["Moods"],"method":"statistics"}' },
      { id: 'forgotten', kept: 'forgotten', training: null },
      { id: 'older', kept: 'older', training: '{"names":["Old"],"method":"relgan"}' },
      { id: 'together', kept: 'together', training: '{"names":["Day, Ann","Tom and Co"],"method":"waveform"}' },
      { id: 'vocoder', kept: 'vocoder', training: '{"names":["Mine"],"method":"source-filter"}' },
    ],
  ],
]

test.each(stories)('migration %i keeps what was there and adds its own', (number, before, question, answer) => {
  const folder = temporaryFolder()
  const old = openAt(folder, number - 1)
  old.exec(before)
  old.close()
  const current = openAt(folder, number)
  expect(current.prepare(question).all()).toEqual(answer)
})

test('every migration has its story here, and its number in its name', () => {
  expect(stories.map(([number]) => number)).toEqual(migrations.map((_, index) => index + 1))
  migrations.forEach((migration, index) => {
    expect(migration.name.startsWith(String(index + 1).padStart(4, '0'))).toBe(true)
  })
})

test('before a migration the library is copied, and a migration that fails leaves the version before', () => {
  const folder = temporaryFolder()
  const old = openAt(folder, 1)
  old.exec(`INSERT INTO singers VALUES (${singerValues})`)
  old.close()
  const broken = { name: '0002-broken', sql: 'CREATE TABLE half (a); INSERT INTO nowhere VALUES (1);' }
  expect(() => openDatabase(folder, 0, [migrations[0], broken])).toThrow('nowhere')
  const after = openAt(folder, 1)
  expect(after.pragma('user_version', { simple: true })).toBe(1)
  expect(after.prepare(`SELECT name FROM sqlite_master WHERE name = 'half'`).all()).toEqual([])
  const copy = new DatabaseSync(join(folder, 'library.before-2.sqlite'))
  expect(copy.prepare('SELECT name FROM singers').all()).toEqual([{ name: 'Mira' }])
  copy.close()
})

test('a new library needs no copy of itself', () => {
  const folder = temporaryFolder()
  openAt(folder, migrations.length).close()
  expect(fs.readdirSync(folder)).toEqual([databasePath('.').replace('./', '')])
})
