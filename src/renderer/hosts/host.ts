import type {
  DesktopCommand,
  DialogPurpose,
  DocumentState,
  DraggedSound,
  FileKind,
  MenuState,
} from '../../shared/contract/desktop-bridge.ts'
import type { MediaId } from '../../shared/contract/media.ts'
import type { FetchMedia } from '../audio/media-cache.ts'
import type { ApplicationEvent, Call, FileReference } from '../../shared/contract/verbs.ts'

/** How things stand with the application behind the window. `refused`: the token is wrong, and waiting will not help. */
export type Connection = 'connected' | 'lost' | 'refused'

/** A question for a place on disk, asked by the host or, where it has no dialogs, by the window itself. */
export interface PathQuestion {
  readonly kind: 'files' | 'folder' | 'save'
  readonly purpose: DialogPurpose
  readonly fileKinds: readonly FileKind[]
  /** For `save`. */
  readonly suggestedName: string
}

/** Answers with paths; none when the person cancelled. */
export type PathPicker = (question: PathQuestion) => Promise<readonly string[]>

/** The application as the window sees it. Nothing behind this interface tells which host it is, but `hasNativeMenu`. */
export interface Bridge {
  /** Rejects with a FailureError. */
  readonly call: Call
  onEvent(listener: (event: ApplicationEvent) => void): () => void
  /** Called at once with the present state, then at each change. */
  onConnection(listener: (connection: Connection) => void): () => void
  /** Commands of the native menu and of the system. */
  onCommand(listener: (command: DesktopCommand) => void): () => void
  /** 32-bit float WAV at the project's rate, or only these bytes of it. */
  readonly fetchMedia: FetchMedia
  /** A peaks pyramid of shared/dsp/peaks.ts. */
  fetchPeaks(id: MediaId): Promise<ArrayBuffer>
  /** Dropped or chosen files as the verbs take them; files without a path are uploaded. */
  fileReferences(files: readonly File[]): Promise<readonly FileReference[]>
  chooseFiles(purpose: DialogPurpose, kinds: readonly FileKind[]): Promise<readonly string[]>
  chooseFolder(purpose: DialogPurpose): Promise<string | null>
  chooseSavePath(purpose: DialogPurpose, suggestedName: string, kinds: readonly FileKind[]): Promise<string | null>
  /** Null where the host cannot show a folder. */
  readonly showInFolder: ((path: string) => Promise<void>) | null
  setDocumentState(state: DocumentState): void
  /** Which commands of the native menu do something now. */
  setMenuState(state: MenuState): void
  /** To be called while a drag begins, in its place; null where nothing can leave the window. */
  readonly dragOut: ((sound: DraggedSound) => void) | null
  closeWindow(): void
  readonly hasNativeMenu: boolean
}
