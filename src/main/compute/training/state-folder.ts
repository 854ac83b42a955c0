import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '../../../shared/base/result.ts'
import type { TrainingPoint } from '../../../shared/contract/jobs.ts'
import { floatBytes, readFloats, readSafetensors, writeSafetensors } from '../../../shared/formats/safetensors.ts'
import { noChecksYet, type EarlyStopping } from '../../../shared/training/early-stopping.ts'
import { makeFolder, readWhole, writeAtomically } from '../../files/atomic-write.ts'

/** What a training leaves on disk, so that it can go on after any kind of end. */
export interface SavedState<State> {
  readonly state: State
  readonly history: EarlyStopping
  readonly curve: readonly TrainingPoint[]
  readonly elapsedSec: number
}

export interface StateFolder<State> {
  load(): SavedState<State> | null
  save(saved: SavedState<State>): void
}

/** A state as flat arrays and a line of text, and back. */
export interface StateStore<State> {
  store(state: State): StoredState
  restore(stored: StoredState): Result<State>
}

interface StoredState {
  readonly arrays: ReadonlyMap<string, Float32Array>
  readonly record: string
}

export interface StateFolderOptions<State> {
  readonly folder: string
  /** Whoever else shows the same curve. */
  readonly curveFolders?: readonly string[]
  /** Of everything that the steps depend on: a checkpoint of another training is not gone on with. */
  readonly fingerprint: string
  readonly store: StateStore<State>
}

const CHECKPOINT_NAME = 'training.safetensors'
/** The curve beside the checkpoint, for those who only show it. */
const CURVE_NAME = 'curve.json'
/** Apart from the checkpoint, whose bytes follow from the clips and the seed alone. */
const ELAPSED_NAME = 'elapsed.json'

export function openStateFolder<State>({
  folder,
  curveFolders = [],
  fingerprint,
  store,
}: StateFolderOptions<State>): StateFolder<State> {
  const folders = [folder, ...curveFolders]
  for (const each of folders) makeFolder(each)
  const write = (path: string, value: unknown) => writeAtomically(path, new TextEncoder().encode(JSON.stringify(value)))
  const writeCurve = (curve: readonly TrainingPoint[]) => {
    for (const each of folders) write(join(each, CURVE_NAME), curve)
  }
  const path = join(folder, CHECKPOINT_NAME)
  return {
    load() {
      if (!existsSync(path)) return null
      const file = readSafetensors(readWhole(path))
      if (!file.ok || file.value.metadata['fingerprint'] !== fingerprint) return null
      const { tensors, metadata } = file.value
      const arrays = new Map([...tensors].map(([name, { bytes }]) => [name, readFloats(bytes)]))
      const state = store.restore({ arrays, record: metadata['record'] ?? '' })
      if (!state.ok) return null
      // Written by this program, under its fingerprint.
      const { curve = [], history = noChecksYet } = JSON.parse(metadata['told'] ?? '{}') as Partial<
        Pick<SavedState<State>, 'curve' | 'history'>
      >
      // Whoever died between the files left an older curve.
      writeCurve(curve)
      return { state: state.value, curve, history, elapsedSec: readElapsed(folder) }
    },
    save({ state, history, curve, elapsedSec }) {
      const { arrays, record } = store.store(state)
      const tensors = new Map(
        [...arrays].map(([name, values]) => [
          name,
          { type: 'F32' as const, shape: [values.length], bytes: floatBytes(values) },
        ]),
      )
      // JSON has no infinity: before the first check there is no history.
      const told = JSON.stringify({ curve, ...(Number.isFinite(history.bestLoss) ? { history } : {}) })
      write(join(folder, ELAPSED_NAME), { elapsedSec })
      writeAtomically(path, writeSafetensors({ tensors, metadata: { fingerprint, record, told } }))
      writeCurve(curve)
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
