import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diskOperations } from '../../../../src/main/files/file-operations.ts'
import { forgetOldest } from '../../../../src/main/files/forget-oldest.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

/** Ten bytes each, `a` the oldest. */
function folderOf(names: readonly string[]): string {
  const folder = temporaryFolder()
  for (const [index, name] of names.entries()) {
    writeFileSync(join(folder, name), '0123456789')
    utimesSync(join(folder, name), 1_000_000 + index, 1_000_000 + index)
  }
  return folder
}

test.each([
  [100, 0, 'abcde'],
  [50, 0, 'abcde'],
  [49, 0, 'bcde'],
  [20, 0, 'de'],
  [0, 0, ''],
  [0, 2, 'de'],
  [30, 2, 'cde'],
  [0, 9, 'abcde'],
])('of fifty bytes in five files, %i and the newest %i stay: %s', (mostBytes, fewestKept, kept) => {
  const folder = folderOf([...'abcde'])
  forgetOldest(folder, mostBytes, fewestKept)
  expect(readdirSync(folder).join('')).toBe(kept)
})

test('a file that somebody holds stays, and those that are older go', () => {
  const folder = folderOf([...'abcde'])
  forgetOldest(folder, 20, 0, {
    ...diskOperations,
    remove: (path) => {
      if (path.endsWith('c')) throw Object.assign(new Error('EBUSY: resource busy or locked'), { code: 'EBUSY' })
      diskOperations.remove(path)
    },
  })
  expect(readdirSync(folder).join('')).toBe('cde')
})
