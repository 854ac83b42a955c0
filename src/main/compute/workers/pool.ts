import type { ComputeTask, Pace } from '../../../shared/contract/compute.ts'
import type { WorkerState } from '../../../shared/contract/library.ts'
import { clearPassing } from './clear-passing.ts'
import type { RunningTask, TaskListeners } from './lane-task.ts'
import { createLane, type LaneOptions } from './lane.ts'
import type { Standing } from './standing.ts'
import type { ComputeRole, EngineChoice } from './worker-process.ts'

export type { ComputeRole, WorkerProcess } from './worker-process.ts'

export interface ComputePoolOptions extends LaneOptions {
  readonly roles: readonly ComputeRole[]
}

export interface ComputePool {
  /** `standing` counts where others use the pool too; here a role's tasks wait in the order in which they came. */
  run(role: ComputeRole, task: ComputeTask, listeners?: TaskListeners, standing?: Standing): RunningTask
  /** What the role's worker computes with; null until its first start. */
  engineOf(role: ComputeRole): EngineChoice | null
  /** Of those that are up. */
  states(): readonly WorkerState[]
  /** How hard the role's tasks may work from now on, and why not harder. */
  setPace(role: ComputeRole, pace: Pace, reason: string): void
  /** Kills every worker; what still ran fails as stopped. */
  stop(): void
}

/** Supervised worker processes, one per role, each started at its first task and replaced when it dies. */
export function createComputePool(options: ComputePoolOptions): ComputePool {
  const lanes = new Map(options.roles.map((role) => [role, createLane(role, options)]))
  const laneOf = (role: ComputeRole) => {
    const lane = lanes.get(role)
    if (lane === undefined) throw new Error(`this pool has no ${role} worker`)
    return lane
  }
  return {
    run(role, task, listeners = {}) {
      const running = laneOf(role).run(task, listeners)
      const cleared = running.done.then((outcome) => {
        clearPassing(task)
        return outcome
      })
      return { ...running, done: cleared }
    },
    engineOf: (role) => laneOf(role).engine(),
    states: () => [...lanes.values()].flatMap((lane) => lane.state() ?? []),
    setPace: (role, pace, reason) => laneOf(role).setPace(pace, reason),
    stop: () => lanes.forEach((lane) => lane.stop()),
  }
}
