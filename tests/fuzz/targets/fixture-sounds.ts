import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../fixtures/audio')

/** Sounds of a tenth of a second that were computed and then encoded by other programs; no recordings. */
export const fixtureSounds = (...names: readonly string[]): readonly Uint8Array[] =>
  names.map((name) => new Uint8Array(readFileSync(join(folder, name))))
