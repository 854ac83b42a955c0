import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLogger } from '../../../src/main/logger.ts'
import { failure, FailureError } from '../../../src/shared/base/errors.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const read = (folder: string, file = 'host.log') => readFileSync(join(folder, file), 'utf8')

test('the log turns over while the program runs: two files, neither much larger than asked for', () => {
  const folder = temporaryFolder()
  const logger = createLogger(folder, 'host', 1000)
  for (let line = 0; line < 200; line++) logger.info(`line ${line}`)
  expect(readdirSync(folder).sort()).toEqual(['host.log', 'host.log.old'])
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).size).toBeLessThan(1100)
  const lines = [...read(folder, 'host.log.old').matchAll(/line (\d+)/g), ...read(folder).matchAll(/line (\d+)/g)]
  const numbers = lines.map(([, number]) => Number(number))
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, at) => 200 - numbers.length + at))
})

test('a fault is told by its kind, its code and the program’s own lines, without what it names', () => {
  const folder = temporaryFolder()
  const logger = createLogger(folder, 'host')
  logger.error(
    'Reading ended in a fault',
    Object.assign(new Error("open '/home/mira/Lead.wav'"), { code: 'ENOENT', syscall: 'open' }),
  )
  logger.error('Looking ended in a fault', new FailureError(failure('singer-unknown', 'There is no singer Mira.')))
  logger.error('Parsing ended in a fault', new SyntaxError('Unexpected token M, "Mira" is not valid JSON'))
  logger.error('Computing ended in a fault', new TypeError("Cannot read properties of undefined (reading 'mira')"))
  logger.error('Telling ended in a fault', 'Mira was thrown')
  const log = read(folder)
  expect(log).toContain('Reading ended in a fault: Error ENOENT open\n')
  expect(log).toContain('Looking ended in a fault: singer-unknown\n')
  expect(log).toContain('Parsing ended in a fault: SyntaxError\n')
  expect(log).toContain('Computing ended in a fault: TypeError Cannot read properties of undefined (reading “…”)\n')
  expect(log).toContain('Telling ended in a fault: string\n')
  expect(log).toMatch(/\n {2}at .*tests\/unit\/main\/logger\.test\.ts:\d+/)
  expect(log).not.toMatch(/mira/i)
})

test('where nothing can be written the program goes on, silent', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'taken'), '')
  expect(() => createLogger(join(folder, 'taken'), 'host').info('line')).not.toThrow()
})
