import type { Failure } from '../../shared/base/errors.ts'

/** Where a command writes; tests give their own. */
export interface Terminal {
  /** A person watches: bars and colors may move. */
  readonly isInteractive: boolean
  readonly width: number
  /** Results, for the person or the next program. */
  write(text: string): void
  /** Progress and complaints, beside the results. */
  writeAside(text: string): void
}

/** What a command ends with. */
export const exitCodes = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export const processTerminal: Terminal = {
  isInteractive: process.stderr.isTTY === true,
  width: process.stderr.columns ?? 80,
  write: (text) => void process.stdout.write(text),
  writeAside: (text) => void process.stderr.write(text),
}

/** Says a failure in full: what happened and what to do. */
export function tellFailure(terminal: Terminal, failure: Failure, isJson: boolean): void {
  if (isJson) terminal.write(`${JSON.stringify({ ok: false, failure })}\n`)
  const remedy = failure.remedy === undefined ? '' : `\n${failure.remedy}`
  terminal.writeAside(`understudy: ${failure.message}${remedy}\n[${failure.code}]\n`)
}

/** Columns of words, each as wide as its longest entry. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, at) => Math.max(widest[at] ?? 0, cell.length)),
    [],
  )
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at]))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
