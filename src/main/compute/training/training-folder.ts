import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TrainingPoint } from '../../../shared/contract/jobs.ts'
import { floatBytes, readFloats, readSafetensors, writeSafetensors } from '../../../shared/formats/safetensors.ts'
import { restoreState, storeState, type TrainingState } from '../../../shared/training/state.ts'
import { makeFolder, readWhole, writeAtomically } from '../../files/atomic-write.ts'

/** What a training leaves on disk, so that it can go on after any kind of end. */
export interface TrainingFolder {
  load(): SavedTraining | null
  save(saved: SavedTraining): void
  /** Where the audition of a check goes. */
  auditionPath(auditionId: string): string
}

export interface SavedTraining {
  readonly state: TrainingState
  readonly curve: readonly TrainingPoint[]
  readonly elapsedSec: number
}

const CHECKPOINT_NAME = 'training.safetensors'
/** The curve beside the checkpoint, for those who only show it. */
const CURVE_NAME = 'curve.json'
/** Apart from the checkpoint, whose bytes follow from the clips and the seed alone. */
const ELAPSED_NAME = 'elapsed.json'

/**
 * @param fingerprint of everything that the steps depend on: a checkpoint of another training is not gone on with
 * @param parameterCount of the network
 */
export function openTrainingFolder(folder: string, fingerprint: string, parameterCount: number): TrainingFolder {
  makeFolder(join(folder, 'auditions'))
  const checkpointPath = join(folder, CHECKPOINT_NAME)
  return {
    load() {
      if (!existsSync(checkpointPath)) return null
      const file = readSafetensors(readWhole(checkpointPath))
      if (!file.ok || file.value.metadata['fingerprint'] !== fingerprint) return null
      const { tensors, metadata } = file.value
      const arrays = new Map([...tensors].map(([name, { bytes }]) => [name, readFloats(bytes)]))
      const state = restoreState({ arrays, record: metadata['record'] ?? '' }, parameterCount)
      if (!state.ok) return null
      // Written by this program, under its fingerprint.
      const text = metadata['curve'] ?? '[]'
      const curve = JSON.parse(text) as TrainingPoint[]
      // Whoever died between the two files left the older curve.
      writeAtomically(join(folder, CURVE_NAME), new TextEncoder().encode(text))
      return { state: state.value, curve, elapsedSec: readElapsed(join(folder, ELAPSED_NAME)) }
    },
    save({ state, curve, elapsedSec }) {
      const { arrays, record } = storeState(state)
      const tensors = new Map(
        [...arrays].map(([name, values]) => [
          name,
          { type: 'F32' as const, shape: [values.length], bytes: floatBytes(values) },
        ]),
      )
      const text = JSON.stringify(curve)
      const metadata = { fingerprint, record, curve: text }
      writeAtomically(join(folder, ELAPSED_NAME), new TextEncoder().encode(JSON.stringify({ elapsedSec })))
      writeAtomically(checkpointPath, writeSafetensors({ tensors, metadata }))
      writeAtomically(join(folder, CURVE_NAME), new TextEncoder().encode(text))
    },
    auditionPath: (auditionId) => join(folder, 'auditions', `${auditionId}.wav`),
  }
}

/** Only told, never computed with: a time that is not there counts as none. */
function readElapsed(path: string): number {
  try {
    const { elapsedSec } = JSON.parse(new TextDecoder().decode(readWhole(path))) as { elapsedSec?: unknown }
    return typeof elapsedSec === 'number' && elapsedSec >= 0 ? elapsedSec : 0
  } catch {
    return 0
  }
}
