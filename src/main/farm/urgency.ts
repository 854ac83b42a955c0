import { priorities, type Priority } from '../compute/workers/standing.ts'

/** A queue tells no more steps apart. */
const STEPS_PER_PRIORITY = 1 << 19

/**
 * Where a task stands among those of everybody: first by what waits for it, then by how many tasks its project has in
 * the queue already. So the tenth region of an album waits behind the first of a song that was asked for later.
 * Smaller is earlier, at least 1.
 */
export const urgencyOf = (priority: Priority, waitingOfProject: number): number =>
  1 + priorities[priority] * STEPS_PER_PRIORITY + Math.min(waitingOfProject, STEPS_PER_PRIORITY - 1)
