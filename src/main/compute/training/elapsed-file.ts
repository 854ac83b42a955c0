import { readWhole, writeAtomically } from '../../files/atomic-write.ts'

/** Apart from the checkpoint, whose bytes follow from the clips and the seed alone. */
export const writeElapsed = (path: string, elapsedSec: number): void =>
  writeAtomically(path, new TextEncoder().encode(JSON.stringify({ elapsedSec })))

/** Only told, never computed with: a time that is not there counts as none. */
export function readElapsed(path: string): number {
  try {
    const { elapsedSec } = JSON.parse(new TextDecoder().decode(readWhole(path))) as { elapsedSec?: unknown }
    return typeof elapsedSec === 'number' && elapsedSec >= 0 ? elapsedSec : 0
  } catch {
    return 0
  }
}
