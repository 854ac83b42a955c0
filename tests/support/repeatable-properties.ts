import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/**
 * Properties are tried on the same cases wherever and whenever they run, so that a change is never refused for
 * the luck of a draw. `PROPERTY_SEED=5 npm test` tries others.
 */
const SEED = Number(process.env['PROPERTY_SEED'] ?? 20_190_415)

const { testPath } = expect.getState()
// Most files state no property, and don't wait for the library that tries them.
if (testPath && readFileSync(testPath, 'utf8').includes("from 'fast-check'")) {
  const { configureGlobal } = await import('fast-check')
  configureGlobal({ seed: SEED })
}
