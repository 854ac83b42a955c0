import { join } from 'node:path'
import type { Result } from '../../shared/base/result.ts'
import type { Singer } from '../../shared/contract/library.ts'
import type { Clip } from './clips.ts'

export interface LibraryOptions {
  /** `library.sqlite`, `singers/` and `clips/` lie here. */
  readonly folder: string
  /** The built worker; from source, the file beside this one. */
  readonly workerPath?: string | URL
  /** Reads a `.singer` file's card; only called when a corrupt library is rebuilt. */
  readonly describeSingerFile: (path: string) => Promise<Result<Singer>>
  /** Reads a clip's WAV; only called when a corrupt library is rebuilt. */
  readonly describeClipFile: (path: string) => Promise<Result<Clip>>
  readonly nowMs: () => number
}

export const singersFolder = (libraryFolder: string): string => join(libraryFolder, 'singers')
/** A media folder like a project's: `sources` and `peaks`. */
export const clipsFolder = (libraryFolder: string): string => join(libraryFolder, 'clips')
