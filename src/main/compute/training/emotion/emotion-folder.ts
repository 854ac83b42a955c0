import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TrainingPoint } from '../../../../shared/contract/jobs.ts'
import { floatBytes, readFloats, readSafetensors, writeSafetensors } from '../../../../shared/formats/safetensors.ts'
import type { RelganConfig } from '../../../../shared/networks/relgan/config.ts'
import type { EarlyStopping } from '../../../../shared/training/early-stopping.ts'
import { noChecksYet } from '../../../../shared/training/early-stopping.ts'
import { restoreRelganState, storeRelganState } from '../../../../shared/training/relgan/stored-state.ts'
import type { RelganTrainingState } from '../../../../shared/training/relgan/trainer.ts'
import { makeFolder, readWhole, writeAtomically } from '../../../files/atomic-write.ts'

/** What a training of emotions leaves on disk, so that it can go on after any kind of end. */
export interface SavedEmotionTraining {
  readonly state: RelganTrainingState
  readonly history: EarlyStopping
  readonly curve: readonly TrainingPoint[]
  readonly elapsedSec: number
}

export interface EmotionFolder {
  load(): SavedEmotionTraining | null
  save(saved: SavedEmotionTraining): void
}

const CHECKPOINT_NAME = 'training.safetensors'
/** The curve beside the checkpoint, for those who only show it. */
const CURVE_NAME = 'curve.json'
/** Apart from the checkpoint, whose bytes follow from the clips and the seed alone. */
const ELAPSED_NAME = 'elapsed.json'

/** @param fingerprint of everything that the steps depend on: a checkpoint of another training is not gone on with */
export function openEmotionFolder(folder: string, fingerprint: string, config: RelganConfig): EmotionFolder {
  makeFolder(folder)
  const write = (name: string, value: unknown) =>
    writeAtomically(join(folder, name), new TextEncoder().encode(JSON.stringify(value)))
  const path = join(folder, CHECKPOINT_NAME)
  return {
    load() {
      if (!existsSync(path)) return null
      const file = readSafetensors(readWhole(path))
      if (!file.ok || file.value.metadata['fingerprint'] !== fingerprint) return null
      const { tensors, metadata } = file.value
      const arrays = new Map([...tensors].map(([name, { bytes }]) => [name, readFloats(bytes)]))
      const state = restoreRelganState({ arrays, record: metadata['record'] ?? '' }, config)
      if (!state.ok) return null
      // Written by this program, under its fingerprint.
      const { curve, history } = JSON.parse(metadata['told'] ?? '{}') as Partial<
        Pick<SavedEmotionTraining, 'curve' | 'history'>
      >
      return {
        state: state.value,
        curve: curve ?? [],
        history: history ?? noChecksYet,
        elapsedSec: readElapsed(folder),
      }
    },
    save({ state, history, curve, elapsedSec }) {
      const { arrays, record } = storeRelganState(state)
      const tensors = new Map(
        [...arrays].map(([name, values]) => [
          name,
          { type: 'F32' as const, shape: [values.length], bytes: floatBytes(values) },
        ]),
      )
      // JSON has no infinity: before the first check there is no history.
      const told = JSON.stringify({ curve, ...(Number.isFinite(history.bestLoss) ? { history } : {}) })
      write(ELAPSED_NAME, { elapsedSec })
      writeAtomically(path, writeSafetensors({ tensors, metadata: { fingerprint, record, told } }))
      write(CURVE_NAME, curve)
    },
  }
}

/** Only told, never computed with: a time that is not there counts as none. */
function readElapsed(folder: string): number {
  try {
    const { elapsedSec } = JSON.parse(new TextDecoder().decode(readWhole(join(folder, ELAPSED_NAME)))) as {
      elapsedSec?: unknown
    }
    return typeof elapsedSec === 'number' && elapsedSec >= 0 ? elapsedSec : 0
  } catch {
    return 0
  }
}
