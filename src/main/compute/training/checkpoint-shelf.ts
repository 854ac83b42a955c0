import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { keptCheckpoints, lastAndBest } from '../../../shared/training/kept-checkpoints.ts'
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts'

/** What is learned as it was at some checks: whole files, each to be heard, measured and chosen like any other. */
export interface CheckpointShelf {
  /** Where the file of a step lies, as long as it is kept. */
  pathOf(step: number): string
  /** Those whose files are there, in order; none where there is no folder. */
  steps(): readonly number[]
  /** Keeps the file of this step, and forgets those that need not stay beside it. */
  put(step: number, bytes: Uint8Array, bestSteps: readonly number[]): void
}

const FOLDER = 'checkpoints'

/** By the ending of its files: how long the numbers in their names are at least, and which of them stay. */
const kinds = {
  singer: { digits: 6, keptOf: keptCheckpoints },
  emotion: { digits: 6, keptOf: lastAndBest },
  vocoder: { digits: 7, keptOf: keptCheckpoints },
} as const

/** Names a checkpoint among files, in order: "step-000400". */
export const checkpointName = (step: number, digits: number = kinds.singer.digits): string =>
  `step-${String(step).padStart(digits, '0')}`

/** The checkpoints in a training's folder, which is made when the first of them is put there. */
export function checkpointShelf(workFolder: string, kind: keyof typeof kinds): CheckpointShelf {
  const { digits, keptOf } = kinds[kind]
  const folder = join(workFolder, FOLDER)
  const namePattern = new RegExp(`^step-(\\d{${digits},})\\.${kind}$`)
  const pathOf = (step: number) => join(folder, `${checkpointName(step, digits)}.${kind}`)
  const steps = () =>
    names(folder)
      .flatMap((name) => namePattern.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b)
  return {
    pathOf,
    steps,
    put(step, bytes, bestSteps) {
      makeFolder(folder)
      writeAtomically(pathOf(step), bytes)
      const present = steps()
      // A training that was killed goes on from an earlier step: what lies beyond is of the life before.
      const lived = present.filter((known) => known <= step)
      const kept = keptOf(lived, bestSteps)
      for (const known of present) if (!kept.has(known)) rmSync(pathOf(known), { force: true })
    },
  }
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // a training that kept none
  }
}
