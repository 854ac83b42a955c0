import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of this test alone, gone when the test is over. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), 'understudy-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}
