import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { keptCheckpoints } from '../../../shared/training/kept-checkpoints.ts'
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts'

/** The singer as it was at some checks: whole singer files, so that each can be heard and chosen like any singer. */
export interface CheckpointShelf {
  /** Keeps the singer of this step, and forgets those that are neither best, latest nor waymarks. */
  put(step: number, singer: Uint8Array, bestSteps: readonly number[]): void
}

const FOLDER = 'checkpoints'
const namePattern = /^step-(\d{6})\.singer$/

export const checkpointPath = (workFolder: string, step: number): string =>
  join(workFolder, FOLDER, `${checkpointName(step)}.singer`)

/** Names a checkpoint among files, in order: "step-000400". */
export const checkpointName = (step: number): string => `step-${String(step).padStart(6, '0')}`

/** Steps whose singers lie in the folder, in order; none where there is no folder. */
export function checkpointSteps(workFolder: string): number[] {
  return names(join(workFolder, FOLDER))
    .flatMap((name) => namePattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

export function openCheckpointShelf(workFolder: string): CheckpointShelf {
  makeFolder(join(workFolder, FOLDER))
  return {
    put(step, singer, bestSteps) {
      writeAtomically(checkpointPath(workFolder, step), singer)
      // A training that was killed goes on from an earlier step: what lies beyond is of the life before.
      const steps = checkpointSteps(workFolder).filter((present) => present <= step)
      const kept = keptCheckpoints(steps, bestSteps)
      for (const present of checkpointSteps(workFolder)) {
        if (!kept.has(present)) rmSync(checkpointPath(workFolder, present), { force: true })
      }
    },
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // a training that kept none
  }
}
