import { ENGINE_VERSION } from '../../compute/engine-version.ts'

/** Everything of this program in a Redis begins with it. */
export const PREFIX = 'understudy'
/** Conversions and trainings wait apart, so that none waits for the other. */
export const queueKinds = ['conversions', 'trainings'] as const
export type QueueKind = (typeof queueKinds)[number]
/** Programs that sound different never take each other's tasks. */
export const queueName = (kind: QueueKind): string => `${kind}-${ENGINE_VERSION}`
export const TASK_NAME = 'task'

/** Kept for whoever asks again, and to be looked at; results lie in the store all the same. */
export const KEPT_DONE = { age: 3600, count: 1000 } as const
export const KEPT_FAILED = { age: 86_400, count: 200 } as const

/** Says to whoever works on a task what is wanted of it. */
export const wishKey = (key: string): string => `${PREFIX}:wish:${key}`
export const WISH_KEPT_SEC = 3600

/** A worker says here that it lives. */
export const workerKey = (id: string): string => `${PREFIX}:worker:${id}`
