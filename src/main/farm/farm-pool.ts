import { converterOf } from '../compute/converters/converters.ts'
import type { RunningTask, TaskListeners } from '../compute/workers/lane-task.ts'
import type { ComputePool } from '../compute/workers/pool.ts'
import type { Standing } from '../compute/workers/standing.ts'
import type { ConvertRequest } from '../../shared/contract/compute.ts'
import { convertAway, type AwayOptions } from './convert-away.ts'
import { trainAway } from './train-away.ts'
import { urgencyOf } from './urgency.ts'

export interface FarmPoolOptions extends AwayOptions {
  /** Does everything that does not travel. */
  readonly local: ComputePool
}

const USUAL: Standing = { priority: 'selected', group: '' }
type StartAway = (urgency: number, listeners: TaskListeners) => RunningTask

/**
 * A pool whose conversions by singers and whose singers' trainings are done by whatever machines work on a queue, but for
 * a singer who is added to a model: it takes minutes, and the model lies here. What they need travels by content, and what they made comes back the same: the same task has the same result wherever it is done.
 */
export function createFarmPool(options: FarmPoolOptions): ComputePool {
  const { local } = options
  const waiting = new Map<string, number>()
  const count = (group: string, by: 1 | -1) => waiting.set(group, (waiting.get(group) ?? 0) + by)

  function startAway(start: StartAway, listeners: TaskListeners, { priority, group }: Standing): RunningTask {
    const task = start(urgencyOf(priority, waiting.get(group) ?? 0), listeners)
    count(group, 1)
    void task.done.then(() => count(group, -1))
    return task
  }

  return {
    ...local,
    run(role, task, listeners = {}, standing = USUAL) {
      if (role === 'interactive' && task.kind === 'convert' && travels(task.request))
        return startAway((urgency, own) => convertAway(task.request, urgency, own, options), listeners, standing)
      if (role === 'training' && task.kind === 'train' && task.request.waveform?.modelPath === undefined)
        return startAway((urgency, own) => trainAway(task.request, urgency, own, options), listeners, standing)
      return local.run(role, task, listeners, standing)
    },
  }
}

/** What a domain plays follows from the engine that encodes it, and is measured as no other render: it stays here. */
const travels = ({ singerPath }: ConvertRequest): boolean => converterOf(singerPath) !== 'translation'
