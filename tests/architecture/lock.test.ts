import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'

const lock = z
  .object({
    packages: z.record(z.string(), z.looseObject({ gypfile: z.boolean().optional(), resolved: z.string().optional() })),
  })
  .parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package-lock.json'), 'utf8')))

/**
 * better-sqlite3 ships its binaries and says `gypfile: false`, but npm does not read that from an installed
 * lock file and would compile it, which needs Python and a compiler. The same word in the lock file stops it;
 * `npm install` drops the line, so put `"gypfile": false` back into its entry after changing dependencies.
 */
test('installing needs no compiler: the lock file keeps npm from rebuilding better-sqlite3', () => {
  expect(lock.packages['node_modules/better-sqlite3'].gypfile).toBe(false)
})

test('the lock file names no host, so that any mirror of the registry serves it', () => {
  const hosts = Object.values(lock.packages).flatMap((entry) =>
    entry.resolved?.startsWith('http') ? [entry.resolved] : [],
  )
  expect(hosts).toEqual([])
})
