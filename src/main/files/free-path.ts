import * as fs from 'node:fs'
import { extname } from 'node:path'

/** The path itself, or the next free one: "Chorus 2.wav". */
export function freePath(path: string): string {
  const ending = extname(path)
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? path : `${path.slice(0, -ending.length)} ${count}${ending}`
    if (!fs.existsSync(candidate)) return candidate
  }
}
