import type { Clip } from '../../src/main/library/clips.ts'
import { FailureError } from '../../src/shared/base/errors.ts'
import { openLibrary, type Library } from '../../src/main/library/client.ts'

const nothing = () => Promise.reject(new Error('nothing is rebuilt here'))

/** The library of a folder that needs no rebuilding. */
export async function openPlainLibrary(folder: string): Promise<Library> {
  const options = { folder, describeSingerFile: nothing, describeClipFile: nothing, nowMs: Date.now }
  const opened = await openLibrary(options)
  if (!opened.ok) throw new FailureError(opened.failure)
  return opened.value
}

/** Puts rows of clips into the library of a folder; there are no files behind them. */
export async function putClips(folder: string, clips: readonly Pick<Clip, 'id' | 'fileName'>[]): Promise<void> {
  const library = await openPlainLibrary(folder)
  for (const clip of clips) {
    await library.clips.save({ ...clip, durationSamples: 48_000, rateHz: 48_000, addedAtMs: 0, verdict: null })
  }
  await library.close()
}
