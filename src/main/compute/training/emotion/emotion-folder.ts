import type { RelganConfig } from '../../../../shared/networks/relgan/config.ts'
import { restoreRelganState, storeRelganState } from '../../../../shared/training/relgan/stored-state.ts'
import type { RelganTrainingState } from '../../../../shared/training/relgan/trainer.ts'
import { openStateFolder, type SavedState, type StateFolder } from '../state-folder.ts'

/** What a training of emotions leaves on disk, so that it can go on after any kind of end. */
export type SavedEmotionTraining = SavedState<RelganTrainingState>
export type EmotionFolder = StateFolder<RelganTrainingState>

/** @param fingerprint of everything that the steps depend on: a checkpoint of another training is not gone on with */
export const openEmotionFolder = (folder: string, fingerprint: string, config: RelganConfig): EmotionFolder =>
  openStateFolder({
    folder,
    fingerprint,
    store: { store: storeRelganState, restore: (stored) => restoreRelganState(stored, config) },
  })
