import { builtKernelsFolder } from '../../src/main/compute/kernels.ts'
import type { TaskContext } from '../../src/main/compute/task-context.ts'
import { silentProgress } from '../../src/shared/base/progress.ts'

/** A worker's side of a task on WebAssembly that nobody asks anything of, but for what is given; getters stay such. */
export function contextOfTask(given: Partial<TaskContext> = {}): TaskContext {
  const context: TaskContext = {
    progress: silentProgress,
    onTrainingPoint: () => {},
    wish: null,
    breathe: () => Promise.resolve(),
    backend: { id: 'wasm', label: '', version: '', device: null, memoryBytes: null },
    modelsFolder: '',
    kernelsFolder: builtKernelsFolder(),
    nowMs: () => 0,
    log: () => {},
  }
  return Object.defineProperties(context, Object.getOwnPropertyDescriptors(given))
}

/** What a task that was killed ends with. */
export class Killed extends Error {}

export interface Interruption {
  /** The breath that it does not survive, counted from 1. */
  readonly killAt?: number
  readonly wish?: TaskContext['wish']
  /** Breaths before something is wished. */
  readonly wishAt?: number
}

/** The same of a task that is killed at its n-th breath, or asked for something there. */
export function interruptedTask(
  { killAt = 0, wish = null, wishAt = 0 }: Interruption = {},
  given: Partial<TaskContext> = {},
): TaskContext {
  let breaths = 0
  return contextOfTask({
    ...given,
    get wish() {
      return breaths >= wishAt ? wish : null
    },
    breathe: () => (++breaths === killAt ? Promise.reject(new Killed()) : Promise.resolve()),
  })
}
