import Database from 'better-sqlite3'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  diskFinding,
  examineSystem,
  libraryFinding,
  versionsFinding,
} from '../../../../src/main/diagnosis/examine-system.ts'
import { databasePath, openDatabase } from '../../../../src/main/library/database.ts'
import { examineLibrary } from '../../../../src/main/library/examine.ts'
import { migrations } from '../../../../src/main/library/migrations/index.ts'
import { sourceInstallation } from '../../../support/opened-application.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

function library(): { folder: string; database: Database.Database } {
  const folder = temporaryFolder()
  return { folder, database: openDatabase(folder, 0).database }
}

test('a library is seen as it is, and looking changes nothing of it', () => {
  expect(examineLibrary(temporaryFolder())).toEqual({ kind: 'none' })
  const { folder, database } = library()
  expect(examineLibrary(folder)).toEqual({ kind: 'in-use' })
  database.close()
  const before = readFileSync(databasePath(folder))
  expect(examineLibrary(folder)).toEqual({ kind: 'whole', version: migrations.length, singerCount: 0 })
  expect(readFileSync(databasePath(folder))).toEqual(before)
  writeFileSync(databasePath(folder), before.subarray(0, 5000))
  expect(examineLibrary(folder)).toEqual({ kind: 'damaged' })
  writeFileSync(databasePath(folder), 'no database at all')
  expect(examineLibrary(folder)).toEqual({ kind: 'damaged' })
  expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).toEqual([])
})

test('a library of a newer program is told with both versions', () => {
  const { folder, database } = library()
  database.pragma(`user_version = ${migrations.length + 3}`)
  database.close()
  const finding = libraryFinding(examineLibrary(folder))
  expect(finding).toMatchObject({
    isFine: false,
    found: `of version ${migrations.length + 3}, where this program knows ${migrations.length}`,
  })
})

test('a full disk, an old Node and a folder that can’t be written are troubles with a remedy each', () => {
  expect(diskFinding(50_000_000_000).isFine).toBe(true)
  for (const finding of [diskFinding(100_000_000), diskFinding(null), versionsFinding('1.0.0', '20.1.0')]) {
    expect(finding.isFine).toBe(false)
    expect(finding.remedy).not.toBe('')
  }
  const file = join(temporaryFolder(), 'taken')
  writeFileSync(file, '')
  const findings = examineSystem(sourceInstallation, { homeFolder: join(file, 'home') })
  const permissions = findings.find(({ subject }) => subject === 'permissions')
  expect(permissions).toMatchObject({ isFine: false, remedy: expect.stringContaining('UNDERSTUDY_HOME') as string })
})

test('a machine with all that is needed is fine, and nothing stays written', () => {
  const homeFolder = join(temporaryFolder(), '내 노래 (최종) – home')
  mkdirSync(homeFolder)
  const findings = examineSystem(sourceInstallation, { homeFolder })
  expect(findings.map(({ subject }) => subject)).toEqual([
    'versions',
    'program',
    'models',
    'permissions',
    'disk',
    'library',
  ])
  const asked = findings.filter(({ subject }) => subject !== 'program') // built or not
  expect(asked.filter(({ isFine }) => !isFine)).toEqual([])
  expect(readdirSync(homeFolder)).toEqual([])
})
