import type { TrainingPoint } from '../../../shared/contract/jobs.ts'
import { noChecksYet, type EarlyStopping } from '../../../shared/training/early-stopping.ts'
import type { StateFolder } from './state-folder.ts'

/** What a training remembers beside its trainer: how what is held out went, its curve, and how long it took so far. */
export interface RunRecord<State> {
  history: EarlyStopping
  readonly curve: TrainingPoint[]
  /** Seconds of earlier starts and of this one. */
  elapsedSec(): number
  save(state: State): void
}

/** Begins a record, or goes on with the one that the folder holds; beside it the state that the trainer goes on from. */
export function openRunRecord<State>(
  folder: StateFolder<State>,
  nowMs: () => number,
): { readonly record: RunRecord<State>; readonly resumeFrom: State | null } {
  const saved = folder.load()
  const { history = noChecksYet, curve = [], elapsedSec: earlierSec = 0 } = saved ?? {}
  const startMs = nowMs()
  const record: RunRecord<State> = {
    history,
    curve: [...curve],
    elapsedSec: () => earlierSec + (nowMs() - startMs) / 1000,
    save(state) {
      folder.save({ state, history: record.history, curve: record.curve, elapsedSec: record.elapsedSec() })
    },
  }
  return { record, resumeFrom: saved?.state ?? null }
}
