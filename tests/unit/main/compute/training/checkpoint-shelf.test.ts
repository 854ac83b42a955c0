import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkpointShelf } from '../../../../../src/main/compute/training/checkpoint-shelf.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

test('of an emotion model’s checkpoints the last three and the best stay, and those of a life before go', () => {
  const folder = temporaryFolder()
  const shelf = checkpointShelf(folder, 'emotion')
  for (const step of [100, 200, 300, 400, 500]) shelf.put(step, Uint8Array.of(1), [100])
  expect(shelf.steps()).toEqual([100, 300, 400, 500])
  // Killed after 500, gone on with from 300.
  shelf.put(400, Uint8Array.of(2), [400])
  expect(shelf.steps()).toEqual([100, 300, 400])
  expect(readdirSync(join(folder, 'checkpoints'))).toContain('step-000400.emotion')
  expect([...readFileSync(shelf.pathOf(400))]).toEqual([2])
})

test.each(['singer', 'vocoder'] as const)('of a %s’s some on the way stay too', (kind) => {
  const shelf = checkpointShelf(temporaryFolder(), kind)
  for (let step = 100; step <= 1200; step += 100) shelf.put(step, Uint8Array.of(1), [700])
  expect(shelf.steps()).toEqual([100, 300, 700, 1000, 1100, 1200])
  shelf.put(900, Uint8Array.of(1), [700])
  expect(shelf.steps()).toEqual([100, 300, 700, 900])
})

test('what was kept before is found under its name, and nothing else in the folder is', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'checkpoints'))
  const there = [
    'step-000400.singer',
    'step-000800.emotion',
    'step-0001200.vocoder',
    'step-9.singer',
    '.step-000600.singer.part',
  ]
  for (const name of there) writeFileSync(join(folder, 'checkpoints', name), 'x')
  expect(checkpointShelf(folder, 'singer').steps()).toEqual([400])
  expect(checkpointShelf(folder, 'emotion').steps()).toEqual([800])
  expect(checkpointShelf(folder, 'vocoder').steps()).toEqual([1200])
  expect(checkpointShelf(folder, 'vocoder').pathOf(1200)).toBe(join(folder, 'checkpoints', 'step-0001200.vocoder'))
  expect(checkpointShelf(join(folder, 'none'), 'singer').steps()).toEqual([])
})
