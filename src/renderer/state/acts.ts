import type { ProjectId } from '../../shared/base/id.ts'
import type { EditorHost } from './ports.ts'

/** What the window can be asked to do from anywhere: by a button, a key, a menu, or the system. */
export interface Acts extends EditorHost {
  createProject(name: string, rateHz: number): void
  openPath(path: string): void
  openRecent(path: string): void
  openDemo(): void
  recover(projectId: ProjectId): void
  save(): Promise<boolean>
  importFiles(): void
  /** Files dropped where nothing more special takes them: a song, singers, or stems. */
  importDropped(files: readonly File[]): Promise<void>
  /** The page where emotion models are learned. */
  trainEmotions(): void
  /** The page where domains of music are learned. */
  trainInstruments(): void
  /** The page where vocoders are learned. */
  trainVocoder(): void
  leaveTraining(): void
  /** Asks what happens to unsaved work; false when the person wants to stay. */
  confirmLeaving(): Promise<boolean>
}
