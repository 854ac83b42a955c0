import { join } from 'node:path'
import type { Result } from '../../../shared/base/result.ts'
import type { TrainingPoint } from '../../../shared/contract/jobs.ts'
import { noChecksYet, type EarlyStopping } from '../../../shared/training/early-stopping.ts'
import type { StoredState } from '../../../shared/training/stored-state.ts'
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts'
import { parseJson } from '../../../shared/formats/model-file.ts'
import { parseCurve, parseHistory } from './stored-curve.ts'
import { readElapsed, writeElapsed } from './elapsed-file.ts'
import { readStateFile, writeStateFile } from './state-file.ts'

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
const ELAPSED_NAME = 'elapsed.json'

export function openStateFolder<State>({
  folder,
  curveFolders = [],
  fingerprint,
  store,
}: StateFolderOptions<State>): StateFolder<State> {
  const folders = [folder, ...curveFolders]
  for (const each of folders) makeFolder(each)
  const writeCurve = (curve: readonly TrainingPoint[]) => {
    const bytes = new TextEncoder().encode(JSON.stringify(curve))
    for (const each of folders) writeAtomically(join(each, CURVE_NAME), bytes)
  }
  const path = join(folder, CHECKPOINT_NAME)
  const elapsedPath = join(folder, ELAPSED_NAME)
  return {
    load() {
      const found = readStateFile(path, fingerprint)
      const state = found && store.restore(found.stored)
      if (!state?.ok) return null
      const told = parseTold(found?.told['told'] ?? '{}')
      if (told === null) return null
      const { curve, history } = told
      // Whoever died between the files left an older curve.
      writeCurve(curve)
      return { state: state.value, curve, history, elapsedSec: readElapsed(elapsedPath) }
    },
    save({ state, history, curve, elapsedSec }) {
      // JSON has no infinity: before the first check there is no history.
      const told = JSON.stringify({ curve, ...(Number.isFinite(history.bestLoss) ? { history } : {}) })
      writeElapsed(elapsedPath, elapsedSec)
      writeStateFile(path, fingerprint, store.store(state), { told })
      writeCurve(curve)
    },
  }
}

function parseTold(text: string): { readonly curve: readonly TrainingPoint[]; readonly history: EarlyStopping } | null {
  const told = parseJson(text)
  if (typeof told !== 'object' || told === null) return null
  const curve = 'curve' in told ? parseCurve(told.curve) : []
  const history = 'history' in told ? parseHistory(told.history) : noChecksYet
  return curve === null || history === null ? null : { curve, history }
}
