import { setTimeout as pause } from 'node:timers/promises'
import { throwIfCancelled, type Progress } from '../../../shared/base/progress.ts'

/** How soon somebody who waits for their turn hears that they were cancelled. */
const LISTENING_MS = 100

/** Does `work` when nothing else of this key is being done. Throws CancelledError while it waits, and what `work` throws. */
export type Turns = <T>(key: string, progress: Progress, work: () => Promise<T>) => Promise<T>

/** So that of several who want the same bytes at once the first fetches them and the others find them there. */
export function openTurns(): Turns {
  const taken = new Map<string, Promise<unknown>>()
  return async (key, progress, work) => {
    for (let before = taken.get(key); before !== undefined; before = taken.get(key)) await endOf(before, progress)
    const own = work()
    taken.set(key, own)
    try {
      return await own
    } finally {
      taken.delete(key)
    }
  }
}

/** However it ends: whose turn it was is told by their own promise. */
async function endOf(before: Promise<unknown>, progress: Progress): Promise<void> {
  const ended = before.then(
    () => true,
    () => true,
  )
  while (!(await Promise.race([ended, pause(LISTENING_MS, false, { ref: false })]))) throwIfCancelled(progress)
}
