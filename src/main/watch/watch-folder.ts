import { extname } from 'node:path'
import { watch as watchFiles } from 'chokidar'
import { tell, type Told } from '../../shared/contract/told.ts'
import { importExtensions } from '../../shared/formats/import/audio-kind.ts'
import { isWhole } from './is-whole.ts'

export interface FolderWatch {
  /** Audio files that are whole and were not taken in yet, by path. */
  newFiles(): readonly string[]
  /** Takes files off the list: they were imported, or are not wanted. */
  forget(paths: readonly string[]): void
  close(): Promise<void>
}

export interface WatchOptions {
  readonly folder: string
  /** Called when the list changed. Nothing is imported by itself: that is the person's act. */
  readonly onChange: (newFiles: readonly string[]) => void
  /** The folder cannot be watched any more (gone, or too many watches); in plain words. */
  readonly onTrouble: (trouble: Told) => void
  /** For folders on a network, which tell nobody of changes. */
  readonly usesPolling?: boolean
  /** How long a file must stay as it is before it counts as written. */
  readonly stabilityMs?: number
}

const defaultStabilityMs = 2000
/** Folders of takes within folders of songs; deeper ones are another matter. */
const depthLimit = 4

/** Lists audio files that appear in a folder. */
export function watchFolder(options: WatchOptions): FolderWatch {
  const { folder, onChange } = options
  const stabilityThreshold = options.stabilityMs ?? defaultStabilityMs
  const files = new Set<string>()
  const watcher = watchFiles(folder, {
    ignoreInitial: false,
    depth: depthLimit,
    usePolling: options.usesPolling ?? false,
    awaitWriteFinish: { stabilityThreshold, pollInterval: Math.min(100, stabilityThreshold) },
  })
  const list = (): readonly string[] => [...files].toSorted()

  function look(path: string): void {
    if (!isAudioName(path)) return
    const had = files.has(path)
    // A copy that was announced early is not listed; the change at its end brings it here again.
    if (isWhole(path)) files.add(path)
    else files.delete(path)
    if (files.has(path) !== had) onChange(list())
  }
  watcher.on('add', look)
  watcher.on('change', look)
  watcher.on('unlink', (path) => {
    if (files.delete(path)) onChange(list())
  })
  watcher.on('error', (error) => options.onTrouble(describeTrouble(error, folder)))
  return {
    newFiles: list,
    forget(paths) {
      for (const path of paths) files.delete(path)
      onChange(list())
    },
    close: () => watcher.close(),
  }
}

const isAudioName = (path: string): boolean => importExtensions.includes(extname(path).slice(1).toLowerCase())

function describeTrouble(error: unknown, folder: string): Told {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC' || code === 'EMFILE') {
    return tell('too-many-watched', folder)
  }
  return tell('watch-ended', folder, error instanceof Error ? error.message : String(error))
}
