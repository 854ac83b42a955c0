import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import { BlindTest } from '../../../../src/renderer/state/BlindTest.svelte.ts'
import { chorus } from '../../../support/documents.ts'
import { createTestEditor } from '../../../support/test-editor.ts'

function blind(seed = 1) {
  const heard: (string | null)[] = []
  const test = new BlindTest({ listenBlindly: (one) => heard.push(one) }, createRandom(seed))
  return { test, heard }
}

test('both sounds are heard, and neither has a name before one is preferred', () => {
  const { test: comparison, heard } = blind()
  comparison.start()
  comparison.hear(2)
  expect(new Set(heard)).toEqual(new Set(['original', 'converted']))
  expect([comparison.revealed(1), comparison.revealed(2)]).toEqual([null, null])
  comparison.prefer(2)
  expect(comparison.revealed(2)).toBe(heard[1])
  comparison.prefer(1)
  expect(comparison.wins[comparison.revealed(2) ?? 'original']).toBe(1)
})

test('the order is drawn anew each time, and over many times it is even', () => {
  const { test: comparison, heard } = blind(7)
  for (let round = 0; round < 400; round++) comparison.start()
  const originals = heard.filter((one) => one === 'original').length
  expect(originals).toBeGreaterThan(160)
  expect(originals).toBeLessThan(240)
})

test('the end gives back what one listened to', () => {
  const { test: comparison, heard } = blind()
  comparison.start()
  comparison.end()
  expect(heard.at(-1)).toBeNull()
  expect(comparison.isRunning).toBe(false)
})

test('while one compares blindly no key tells which it is', () => {
  const { editor } = createTestEditor()
  expect(editor.run('compare-blindly')).toBe(false)
  editor.selection.select([chorus])
  editor.blindTest.start()
  expect(editor.run('compare-all')).toBe(false)
  expect(editor.transport.listensTo).toBe('converted')
})
