import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openKnownNumbers } from '../../../../src/main/compute/known-numbers.ts'
import { diskOperations } from '../../../../src/main/files/file-operations.ts'
import type { KnownNumbers } from '../../../../src/shared/conversion/known-analysis.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

/** More than one piece. */
const LENGTH = 600_001
const numbers = Float32Array.from({ length: LENGTH }, (_, index) => Math.sin(index) * 1e3)

const keep = (known: KnownNumbers, key: string, values = numbers) =>
  known.keep(key, values.length, (piece, at) => piece.set(values.subarray(at, at + piece.length)))

function recall(known: KnownNumbers, key: string, length = LENGTH): Float32Array | null {
  const values = new Float32Array(length)
  return known.recall(key, length, (piece, at) => values.set(piece, at)) ? values : null
}

const onlyFile = (folder: string) => join(folder, readdirSync(folder)[0])

test('numbers come back bit for bit under their key and no other, also after a restart', () => {
  const folder = join(temporaryFolder(), 'analysis')
  expect(recall(openKnownNumbers(folder), 'a')).toBeNull()
  keep(openKnownNumbers(folder), 'a')
  expect(recall(openKnownNumbers(folder), 'a')).toEqual(numbers)
  expect(recall(openKnownNumbers(folder), 'b')).toBeNull()
  expect(recall(openKnownNumbers(folder), 'a', LENGTH - 1)).toBeNull()
})

test('a file that was spoiled or cut off is not known, and none of it is given', () => {
  const folder = temporaryFolder()
  const known = openKnownNumbers(folder)
  keep(known, 'a')
  const path = onlyFile(folder)
  const whole = readFileSync(path)
  for (const spoil of [
    (bytes: Buffer) => bytes.fill(1, 1000, 1001),
    (bytes: Buffer) => bytes.fill(1, bytes.length - 1),
    (bytes: Buffer) => bytes.subarray(0, 5000),
    (bytes: Buffer) => bytes.subarray(0, 0),
  ]) {
    writeFileSync(path, spoil(Buffer.from(whole)))
    expect(known.recall('a', LENGTH, () => expect.unreachable())).toBe(false)
  }
})

test('the folder stays under its limit, and what was used longest ago goes first', () => {
  const folder = temporaryFolder()
  const few = numbers.subarray(0, 1000)
  const known = openKnownNumbers(folder, 10_000)
  const names = new Map<string, string>()
  for (const [index, key] of ['a', 'b', 'c'].entries()) {
    keep(known, key, few)
    const name = readdirSync(folder).find((found) => ![...names.values()].includes(found)) ?? ''
    names.set(key, name)
    // Seconds apart, as conversions are.
    if (existsSync(join(folder, name))) utimesSync(join(folder, name), 1_000_000 + index, 1_000_000 + index)
    if (key === 'b') expect(recall(known, 'a', 1000)).not.toBeNull()
  }
  expect(['a', 'b', 'c'].map((key) => recall(known, key, 1000) !== null)).toEqual([true, false, true])
  keep(known, 'too long to keep', numbers)
  expect(recall(known, 'a', 1000)).not.toBeNull()
})

test('a full disk costs nothing but the time to find everything out again', () => {
  const folder = temporaryFolder()
  const full = openKnownNumbers(folder, 1e9, {
    ...diskOperations,
    write: () => {
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
    },
  })
  keep(full, 'a')
  expect(readdirSync(folder)).toEqual([])
  expect(recall(full, 'a')).toBeNull()
})
