import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { diskOperations, type FileOperations } from '../../../../src/main/files/file-operations.ts'
import { giveUpFile } from '../../../../src/main/files/give-up-file.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A folder that is read-only for the first `refusals` times. */
function lockedFolder(refusals: number): { readonly operations: FileOperations; readonly tried: string[] } {
  const tried: string[] = []
  const remove = (path: string) => {
    tried.push(path)
    if (tried.length <= refusals) throw Object.assign(new Error('not now'), { code: 'EACCES' })
  }
  return { operations: { ...diskOperations, remove }, tried }
}

test('a file that its folder keeps for now is removed once the folder lets it go, and not tried for after that', () => {
  const { operations, tried } = lockedFolder(2)
  giveUpFile('/media/.render.wav.part', operations)
  expect(tried).toHaveLength(1)
  vi.advanceTimersByTime(10_000)
  expect(tried).toEqual(Array(3).fill('/media/.render.wav.part'))
  expect(vi.getTimerCount()).toBe(0)
})

test('a failure to remove it is not told in place of what went wrong', () => {
  const { operations } = lockedFolder(1)
  expect(() => giveUpFile('/media/.render.wav.part', operations)).not.toThrow()
  vi.advanceTimersByTime(1000)
})

test('a fault of the program is no folder that forbids', () => {
  const remove = () => {
    throw new TypeError('a bug')
  }
  expect(() => giveUpFile('/media/.x.part', { ...diskOperations, remove })).toThrow(TypeError)
})
