import type { MediaId } from '../../shared/contract/media.ts'
import type { Job } from '../../shared/contract/jobs.ts'
import type { Emotion, Performer, Singer } from '../../shared/contract/library.ts'
import type { FileReference } from '../../shared/contract/verbs.ts'
import type { FetchMedia } from '../audio/media-cache.ts'

/** What the editor reads of other parts of the window; each is a small class of its own. */
export interface JobFeed {
  readonly jobs: readonly Job[]
}

export interface SingerCatalog {
  readonly singers: readonly Singer[]
  /** Singers, then domains of music. */
  readonly performers: readonly Performer[]
  readonly emotions: readonly Emotion[]
}

/** Audio by id, and files that a person dropped. */
export interface MediaPort {
  readonly fetchMedia: FetchMedia
  fetchPeaks(id: MediaId): Promise<ArrayBuffer>
  /** Files of this machine, or uploaded to the machine that computes. */
  fileReferences(files: readonly File[]): Promise<readonly FileReference[]>
}

/** What the dock below the lanes can show. */
export const dockTabs = ['editor', 'mixer', 'jobs', 'history'] as const
export type DockTab = (typeof dockTabs)[number]

export type PanelName = 'browser' | 'inspector' | 'dock' | DockTab

/** What the editor asks of the window around it. */
export interface EditorHost {
  newProject(): void
  openProject(): void
  /** Where it lies; a song without a place is asked for one. Whether it was saved: if not, it was said why. */
  save(): Promise<boolean>
  saveAs(): void
  closeProject(): void
  /** Asks for files and hands them to `editor.imports`. */
  chooseImports(): void
  exportProject(): void
  trainSinger(): void
  showShortcuts(): void
  showPreferences(): void
  togglePanel(panel: PanelName): void
  isPanelOpen(panel: PanelName): boolean
  focusNextPanel(direction: 1 | -1): void
  /** One polite sentence: in the footer and for a screen reader. */
  say(message: string): void
  /** A sentence that stays until it is dismissed. */
  tell(message: string): void
  /** What went wrong and what to do, until it is dismissed; `what` says which act: "The song was not saved". */
  fail(what: string, error: unknown): void
}

/** Time as the editor sees it, so that tests can turn the clock. */
export interface Timers {
  nowMs(): number
  /** Calls once after a while; the answer takes it back. */
  after(delayMs: number, act: () => void): () => void
}

export const windowTimers: Timers = {
  nowMs: () => Date.now(),
  after: (delayMs, act) => {
    const handle = setTimeout(act, delayMs)
    return () => clearTimeout(handle)
  },
}
