import { setImmediate } from 'node:timers/promises'

/** Lets everything that waits (a cancel, a message) have its turn between two blocks of work. */
export const breathe = (): Promise<void> => setImmediate()
