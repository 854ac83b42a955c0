import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { runCommand } from '../../support/command-line.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const root = resolve(import.meta.dirname, '../../..')
const isSkipped = (name: string) => name.startsWith('.') || name === 'node_modules' || name === 'out' || name === 'dist'

function documents(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (isSkipped(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return documents(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

const texts = documents(root).map((path) => [relative(root, path), readFileSync(path, 'utf8')] as const)

function named(pattern: RegExp): Map<string, string> {
  const found = new Map<string, string>()
  for (const [place, text] of texts) for (const match of text.matchAll(pattern)) found.set(match[1], place)
  return found
}

test('every npm script that a document names is there', () => {
  // Its own parser, not its type: a script that was renamed must be missed here.
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
  for (const [script, place] of named(/npm run ([a-z][\w:-]*)/g)) {
    expect([place, script, script in scripts]).toEqual([place, script, true])
  }
})

test('every command of the program that a document names is there', async () => {
  const { output } = await runCommand(['--help'], temporaryFolder())
  for (const [command, place] of named(/npx understudy ([a-z]+)/g)) {
    expect([place, command, new RegExp(`^\\s+${command}\\b`, 'm').test(output)]).toEqual([place, command, true])
  }
})

test('every file of this repository that a document names is there', () => {
  const missing = texts.flatMap(([place, text]) =>
    [...text.matchAll(/`((?:src|tests|models|resources)\/[\w./-]+\.\w+)`/g)]
      .map(([, file]) => file)
      .filter((file) => {
        try {
          readFileSync(join(root, file))
          return false
        } catch {
          return true
        }
      })
      .map((file) => `${place}: ${file}`),
  )
  expect(missing).toEqual([])
})

test('a benchmark measures in this very run: what it prints are ratios of two measurements', () => {
  const output = execFileSync(process.execPath, [join(root, 'tests/bench/run.ts'), 'peaks', '--json'], {
    encoding: 'utf8',
  })
  const rows = JSON.parse(output) as { name: string; measured: string; baseline: string; ratio: number }[]
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) {
    expect(row.ratio).toBeGreaterThan(0)
    expect(Number.isFinite(row.ratio)).toBe(true)
    expect([row.measured, row.baseline].every((words) => /\d/.test(words))).toBe(true)
  }
})
