import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder, writeAtomically } from '../../../files/atomic-write.ts'

/** The model as it was at the last checks and at the best: whole files, each to be heard and used like any model. */
export interface EmotionShelf {
  put(step: number, model: Uint8Array, bestStep: number): void
}

const FOLDER = 'checkpoints'
const LATEST_KEPT = 3
const namePattern = /^step-(\d{6})\.emotion$/

export const emotionCheckpointPath = (workFolder: string, step: number): string =>
  join(workFolder, FOLDER, `step-${String(step).padStart(6, '0')}.emotion`)

/** Steps whose models lie in the folder, in order. */
export function emotionCheckpoints(workFolder: string): readonly number[] {
  if (!existsSync(join(workFolder, FOLDER))) return []
  return readdirSync(join(workFolder, FOLDER))
    .flatMap((name) => namePattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

export const openEmotionShelf = (workFolder: string): EmotionShelf => ({
  put(step, model, bestStep) {
    makeFolder(join(workFolder, FOLDER))
    writeAtomically(emotionCheckpointPath(workFolder, step), model)
    // A training that was killed goes on from an earlier step: what lies beyond is of the life before.
    const steps = emotionCheckpoints(workFolder)
    const kept = new Set([...steps.filter((present) => present <= step).slice(-LATEST_KEPT), bestStep])
    for (const present of steps) {
      if (!kept.has(present)) rmSync(emotionCheckpointPath(workFolder, present), { force: true })
    }
  },
})
