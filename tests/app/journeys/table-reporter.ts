import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { ways } from './hand.ts'

const marks: Readonly<Record<string, string>> = { passed: 'pass', failed: 'FAIL', skipped: 'not walked' }

/** Ends a run with one line per journey: what came of it in each of the three ways. */
export default class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const names = [...new Set(tests.map(({ name }) => name))]
    const cell = (name: string, way: string): string => {
      const found = tests.find((test) => test.name === name && wayOf(test) === way)
      return found ? (marks[found.result().state] ?? 'not walked') : 'not walked'
    }
    const rows = names.map((name) => `| ${name} | ${ways.map((way) => cell(name, way)).join(' | ')} |`)
    const table = [`| journey | ${ways.join(' | ')} |`, `|---|${ways.map(() => '---').join('|')}|`, ...rows]
    process.once('exit', () => process.stdout.write(`${table.join('\n')}\n`))
  }
}

const wayOf = (test: TestCase): string => ('name' in test.parent ? test.parent.name : '')
