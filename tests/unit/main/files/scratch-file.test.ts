import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { diskOperations } from '../../../../src/main/files/file-operations.ts'
import { createScratchFile, type ScratchFile } from '../../../../src/main/files/scratch-file.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const LENGTH = 1000
const opened: ScratchFile[] = []
afterEach(() => opened.splice(0).forEach((file) => file.close()))

function scratchIn(folder: string, ...rest: [operations?: typeof diskOperations, mostInMemory?: number]) {
  const file = createScratchFile(join(folder, 'render.wav'), ...rest)
  opened.push(file)
  return file
}

test('numbers in a scratch file stand where they were written, zeros elsewhere, two scratches apart', () => {
  const { openScratch } = scratchIn(temporaryFolder(), diskOperations, 0)
  const pieces = fc.array(fc.tuple(fc.boolean(), fc.nat(LENGTH - 20), fc.float({ noNaN: true })))
  fc.assert(
    fc.property(pieces, (written) => {
      const scratches = [openScratch(LENGTH), openScratch(LENGTH)]
      const expected = [new Float32Array(LENGTH), new Float32Array(LENGTH)]
      for (const [isSecond, at, value] of written) {
        scratches[Number(isSecond)].write(at, new Float32Array(20).fill(value))
        expected[Number(isSecond)].fill(value, at, at + 20)
      }
      scratches.forEach((scratch, index) => {
        const found = new Float32Array(LENGTH).fill(7)
        scratch.read(0, found)
        expect(found).toEqual(expected[index])
      })
    }),
    { numRuns: 30 },
  )
})

test('a scratch file has no name, so that nothing is left of it whatever ends the program', () => {
  const folder = temporaryFolder()
  const scratch = scratchIn(folder, diskOperations, 0).openScratch(LENGTH)
  scratch.write(0, new Float32Array(LENGTH).fill(1))
  expect(readdirSync(folder)).toEqual([])
})

test('what is short stays in memory', () => {
  const folder = temporaryFolder()
  const never = { ...diskOperations, open: () => expect.fail('a file was opened') }
  const { openScratch } = scratchIn(folder, never, 2 * LENGTH)
  openScratch(LENGTH).write(0, new Float32Array(LENGTH))
  openScratch(LENGTH).write(0, new Float32Array(LENGTH))
  expect(() => openScratch(1)).toThrow('a file was opened')
})

test('a full disk is named', () => {
  const full = {
    ...diskOperations,
    write() {
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    },
  }
  const scratch = scratchIn(temporaryFolder(), full, 0).openScratch(LENGTH)
  expect(() => scratch.write(0, new Float32Array(1))).toThrow('The disk is full')
})
