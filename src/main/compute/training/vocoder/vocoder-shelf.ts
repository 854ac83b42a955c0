import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { keptCheckpoints } from '../../../../shared/training/kept-checkpoints.ts'
import { makeFolder, writeAtomically } from '../../../files/atomic-write.ts'

/** The vocoder as it was at some checks: whole files, each to be heard and measured like any other. */
export interface VocoderShelf {
  put(step: number, model: Uint8Array, bestStep: number): void
}

const FOLDER = 'checkpoints'
const namePattern = /^step-(\d{7})\.vocoder$/

export const vocoderCheckpointPath = (workFolder: string, step: number): string =>
  join(workFolder, FOLDER, `step-${String(step).padStart(7, '0')}.vocoder`)

export const openVocoderShelf = (workFolder: string): VocoderShelf => ({
  put(step, model, bestStep) {
    makeFolder(join(workFolder, FOLDER))
    writeAtomically(vocoderCheckpointPath(workFolder, step), model)
    const steps = readdirSync(join(workFolder, FOLDER)).flatMap((name) => namePattern.exec(name)?.[1] ?? [])
    const present = steps.map(Number)
    // A training that was killed goes on from an earlier step: what lies beyond is of the life before.
    const earlier = present.filter((known) => known <= step)
    const kept = keptCheckpoints(earlier, [bestStep])
    for (const known of present) if (!kept.has(known)) rmSync(vocoderCheckpointPath(workFolder, known), { force: true })
  },
})
