import { expect, test } from 'vitest'
import type { Job } from '../../../../src/shared/contract/jobs.ts'
import { createProgressDisplay } from '../../../../src/main/commands/progress-display.ts'

const job = (fraction: number, remainingSec: number | null = null): Job => ({
  // Only what a line shows is looked at.
  ...({} as Job),
  title: 'Converting Chorus for Mira',
  phase: 'finding the pitch',
  fraction,
  remainingSec,
})

function terminal(isInteractive: boolean) {
  const written: string[] = []
  return { isInteractive, width: 60, write: () => {}, writeAside: (text: string) => written.push(text), written }
}

test('a pipe gets whole lines, one per tenth', () => {
  const output = terminal(false)
  const display = createProgressDisplay(output)
  for (let percent = 0; percent <= 100; percent++) display.show(job(percent / 100))
  expect(output.written).toHaveLength(11)
  expect(output.written.every((line) => line.endsWith('\n') && !line.includes('\r'))).toBe(true)
})

test('a terminal gets one line that moves, no wider than it is, and is left clean', () => {
  const output = terminal(true)
  const display = createProgressDisplay(output)
  display.show(job(0.5, 83))
  display.end()
  expect(output.written[0].replace('\r\u001b[2K', '')).toHaveLength(59)
  expect(output.written[0]).toContain('████████████░░░░░░░░░░░░')
  expect(output.written[1]).toBe('\r\u001b[2K')
})
