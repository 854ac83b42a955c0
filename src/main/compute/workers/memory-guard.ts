import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Below this a process is left to V8, which lets large arrays that nobody holds pile up before it collects them. */
const TIDY_FROM_BYTES = 200e6
/** Collecting takes some milliseconds; this often it is nothing beside the work. */
const TIDY_INTERVAL_MS = 500

/** Gives the function that a long computation calls now and then, so that what it no longer holds is given back. */
export function createMemoryGuard(nowMs: () => number, fromBytes = TIDY_FROM_BYTES): () => void {
  setFlagsFromString('--expose-gc')
  // The only way to have the collector of a process that was started without the flag.
  const collect = runInNewContext('gc') as () => void
  let lastMs = nowMs()
  return () => {
    if (nowMs() - lastMs < TIDY_INTERVAL_MS) return
    lastMs = nowMs()
    if (process.memoryUsage.rss() > fromBytes) collect()
  }
}
