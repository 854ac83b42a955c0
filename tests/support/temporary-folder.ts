import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder for one test, gone when the test is over. */
export function temporaryFolder(): string {
  const folder = makeTemporaryFolder()
  onTestFinished(() => removeFolder(folder))
  return folder
}

export const makeTemporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'understudy-test-'))
export const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
