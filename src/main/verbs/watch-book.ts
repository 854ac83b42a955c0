import type { ApplicationEvent } from '../../shared/contract/verbs.ts'
import type { Library } from '../library/client.ts'
import { noticeOf } from './notice.ts'
import { watchFolder, type FolderWatch } from '../watch/watch-folder.ts'

/** The one folder that is watched for new stems; the choice outlives the program. */
export interface WatchBook {
  describe(): { readonly folder: string | null; readonly newFiles: readonly string[] }
  choose(folder: string | null): Promise<void>
  /** What was imported is no longer new. */
  forget(paths: readonly string[]): void
  close(): Promise<void>
}

const SETTING = 'watch-folder'

export async function openWatchBook(library: Library, emit: (event: ApplicationEvent) => void): Promise<WatchBook> {
  let folder: string | null = null
  let watch: FolderWatch | null = null

  const start = (chosen: string) => {
    folder = chosen
    watch = watchFolder({
      folder: chosen,
      onChange: (newFiles) => emit({ kind: 'watch-changed', newFiles }),
      onTrouble: (told) => emit(noticeOf(told)),
    })
  }
  const stop = async () => {
    const closing = watch
    folder = null
    watch = null
    await closing?.close()
  }
  const kept = await library.settings.get(SETTING)
  if (typeof kept === 'string') start(kept)
  return {
    describe: () => ({ folder, newFiles: watch?.newFiles() ?? [] }),
    async choose(chosen) {
      await stop()
      if (chosen === null) await library.settings.remove(SETTING)
      else {
        await library.settings.set(SETTING, chosen)
        start(chosen)
      }
      emit({ kind: 'watch-changed', newFiles: [] })
    },
    forget: (paths) => watch?.forget(paths),
    close: stop,
  }
}
