import type { Failure } from '../base/errors.ts'
import type { ProjectId } from '../base/id.ts'
import type { MediaId } from './media.ts'
import type { ApplicationEvent, VerbName } from './verbs.ts'

/** What a call through the desktop bridge comes back with: errors do not survive a process border, plain data does. */
export type BridgeOutcome =
  { readonly ok: true; readonly response: unknown } | { readonly ok: false; readonly failure: Failure }

/** One entry of a file dialog's list of kinds. */
export interface FileKind {
  readonly label: string
  /** Without the dot. */
  readonly extensions: readonly string[]
}

/** The places a dialog remembers apart. */
export type DialogPurpose =
  'project' | 'stems' | 'clips' | 'singer' | 'emotion' | 'domain' | 'vocoder' | 'export' | 'watch' | 'locate'

/** A command of the native menu, or something the system asked for. */
export type DesktopCommand =
  | { readonly kind: 'menu'; readonly command: MenuCommand }
  /** A project that the system asks to open: double click, second start, argument. */
  | { readonly kind: 'open-project'; readonly path: string }
  /** The window wants to close: the page saves if it must, then calls `closeWindow`. */
  | { readonly kind: 'save-and-close' }

export const menuCommands = [
  'new-project',
  'open-project',
  'save',
  'save-as',
  'import',
  'export',
  'close-project',
  'undo',
  'redo',
  'preferences',
  'show-shortcuts',
  'show-engine',
  'zoom-in',
  'zoom-out',
  'zoom-to-project',
  'toggle-tempo',
] as const
export type MenuCommand = (typeof menuCommands)[number]

/** Everything of the native menu that has a name. */
export const menuLabels = [
  ...menuCommands,
  'file',
  'edit',
  'view',
  'window',
  'help',
  'recent',
  'cut',
  'copy',
  'paste',
  'select-all',
  'full-screen',
  'quit',
] as const
export type MenuLabel = (typeof menuLabels)[number]

export interface MenuState {
  /** Which commands do something now; the others are grey. */
  readonly possible: readonly MenuCommand[]
  /** The keys that the person's key map gives them, "Ctrl+Shift+E"; only those that no typing needs. */
  readonly keys: Readonly<Partial<Record<MenuCommand, string>>>
  /** In the language of the window; without one an item keeps its English name. */
  readonly labels?: Readonly<Partial<Record<MenuLabel, string>>>
}

/** A sound that is dragged out of the window, to a folder or into another program. */
export interface DraggedSound {
  readonly mediaId: MediaId
  /** What the file is called, without its ending. */
  readonly name: string
}

/** What the window shows of the document, for title, edited mark and close question. */
export interface DocumentState {
  /** Closed without saving, this project needs no recovery. */
  readonly projectId?: ProjectId | undefined
  readonly name: string
  readonly path: string | null
  readonly isEdited: boolean
  readonly isPlaying: boolean
}

/** `window.understudy`: everything the preload offers. Nothing else of the system reaches the page. */
export interface DesktopBridge {
  call(name: VerbName, request: unknown): Promise<BridgeOutcome>
  /** Returns what ends the listening. */
  onEvent(listener: (event: ApplicationEvent) => void): () => void
  onCommand(listener: (command: DesktopCommand) => void): () => void
  /** Paths of dropped or chosen `File` objects, in order; empty string for a file without one. Typed loosely: no DOM here. */
  pathsOfFiles(files: readonly unknown[]): readonly string[]
  /** Empty when the person cancelled. */
  chooseFiles(purpose: DialogPurpose, kinds: readonly FileKind[]): Promise<readonly string[]>
  /** Null when the person cancelled. */
  chooseFolder(purpose: DialogPurpose): Promise<string | null>
  chooseSavePath(purpose: DialogPurpose, suggestedName: string, kinds: readonly FileKind[]): Promise<string | null>
  showInFolder(path: string): Promise<void>
  setDocumentState(state: DocumentState): Promise<void>
  setMenuState(state: MenuState): Promise<void>
  /** To be called while the page's own drag begins, in its place. */
  startDrag(sound: DraggedSound): Promise<void>
  closeWindow(): Promise<void>
}

/** Channels of the IPC; the preload and `main/desktop` share these names and nothing more. */
export const desktopChannels = {
  call: 'application:call',
  event: 'application:happened',
  command: 'desktop:commanded',
  chooseFiles: 'desktop:chooseFiles',
  chooseFolder: 'desktop:chooseFolder',
  chooseSavePath: 'desktop:chooseSavePath',
  showInFolder: 'desktop:showInFolder',
  setDocumentState: 'desktop:setDocumentState',
  setMenuState: 'desktop:setMenuState',
  startDrag: 'desktop:startDrag',
  closeWindow: 'desktop:closeWindow',
} as const
