import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'

const readJson = (name: string): unknown =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../..', name), 'utf8'))
const lockEntry = z.looseObject({
  gypfile: z.boolean().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  link: z.boolean().optional(),
})
const lock = z
  .object({
    packages: z.record(z.string(), lockEntry),
  })
  .parse(readJson('package-lock.json'))
const { allowScripts } = z.object({ allowScripts: z.record(z.string(), z.boolean()) }).parse(readJson('package.json'))

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

test('every package of the lock file is held by a digest, or lies in this repository', () => {
  const ownPlaces = Object.entries(lock.packages).flatMap(([place, { link, resolved = '' }]) =>
    link ? [place, resolved] : [],
  )
  expect(ownPlaces.filter((place) => !/^(node_modules|packaging)\/[\w-]+$/.test(place))).toEqual([])
  const loose = Object.entries(lock.packages).filter(([place, { integrity }]) => place !== '' && !integrity)
  expect(loose.map(([place]) => place).filter((place) => !ownPlaces.includes(place))).toEqual([])
})

test('only the named few run a script while they are installed: Node’s own binary, and TensorFlow’s where it is asked for', () => {
  expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['@tensorflow/tfjs-node-gpu', 'node'])
  const scripted = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript)
  const names = scripted.map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length))
  expect(names.filter((name) => !Object.hasOwn(allowScripts, name))).toEqual([])
})
