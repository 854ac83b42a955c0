import { appendFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepFigures } from '../../../../src/main/evaluation/kept-figures.ts'
import { makeTemporaryFolder, removeFolder } from '../../../support/temporary-folder.ts'

let folder = ''
beforeEach(() => {
  folder = makeTemporaryFolder()
})
afterEach(() => removeFolder(folder))
const measured = (value: number) => () => Promise.resolve(value)

test('what was measured before the end is not measured again, and a line that was cut off is', async () => {
  await keepFigures(folder, 'one').orMeasured('a', measured(1))
  const [file] = readdirSync(folder)
  appendFileSync(join(folder, file), '{"key":"b","va')
  const again = keepFigures(folder, 'one')
  expect(await again.orMeasured('a', measured(7))).toBe(1)
  expect(await again.orMeasured('b', measured(2))).toBe(2)
})

test('another identity shares nothing, and what is finished is kept no longer', async () => {
  const kept = keepFigures(folder, { seed: 1 })
  await kept.orMeasured('a', measured(1))
  expect(await keepFigures(folder, { seed: 2 }).orMeasured('a', measured(2))).toBe(2)
  kept.finish()
  expect(await keepFigures(folder, { seed: 1 }).orMeasured('a', measured(3))).toBe(3)
})
