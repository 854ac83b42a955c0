import { ENGINE_VERSION } from '../../compute/engine-version.ts'

/** Everything of this program in a Redis begins with it. */
export const PREFIX = 'understudy'
/** Programs that sound different never take each other's tasks. */
export const QUEUE_NAME = `tasks-${ENGINE_VERSION}`
export const TASK_NAME = 'task'

/** Kept for whoever asks again, and to be looked at; results lie in the store all the same. */
export const KEPT_DONE = { age: 3600, count: 1000 } as const
export const KEPT_FAILED = { age: 86_400, count: 200 } as const

/** Says to whoever works on a task that nobody wants it any more. */
export const cancelKey = (key: string): string => `${PREFIX}:cancelled:${key}`
export const CANCEL_KEPT_SEC = 3600

/** A worker says here that it lives. */
export const workerKey = (id: string): string => `${PREFIX}:worker:${id}`
