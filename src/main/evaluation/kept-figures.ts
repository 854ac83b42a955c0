import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../files/atomic-write.ts'

/** What was measured before an evaluation was ended, so that it goes on there. */
export interface KeptFigures {
  /** What is kept under the key, else what `measure` gives, which is then kept. JSON values. */
  orMeasured<T>(key: string, measure: () => Promise<T>): Promise<T>
  /** Nothing needs to be kept of what is finished. */
  finish(): void
}

/** @param identity everything that decides the figures: another identity shares nothing */
export function keepFigures(folder: string, identity: unknown): KeptFigures {
  makeFolder(folder)
  const digest = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 24)
  const path = join(folder, `figures-${digest}.jsonl`)
  const known = readLines(path)
  return {
    async orMeasured<T>(key: string, measure: () => Promise<T>): Promise<T> {
      if (known.has(key)) return known.get(key) as T // written below, by the same call
      const value = await measure()
      known.set(key, value)
      appendFileSync(path, `${JSON.stringify({ key, value })}\n`)
      return value
    },
    finish: () => rmSync(path, { force: true }),
  }
}

export const keepNothing: KeptFigures = { orMeasured: (_key, measure) => measure(), finish: () => {} }

function readLines(path: string): Map<string, unknown> {
  if (!existsSync(path)) return new Map()
  return new Map(
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const entry = parseLine(line)
        return entry === null ? [] : [[entry.key, entry.value] as const]
      }),
  )
}

/** Null for what was cut off when the process ended. */
function parseLine(line: string): { readonly key: string; readonly value: unknown } | null {
  try {
    const { key, value } = JSON.parse(line) as { key?: unknown; value?: unknown } // its form is asked next
    return typeof key === 'string' ? { key, value } : null
  } catch {
    return null
  }
}
