/** What one task costs, wherever it is done. */
export interface TaskCosts {
  /** Of a worker that has everything at hand. */
  readonly computeSec: number
  /** Of the queue's one thread, from adding the task to its end. */
  readonly queueSec: number
  /** Through the store: what is fetched before, and what is sent after. */
  readonly fetchedBytes: number
  readonly sentBytes: number
}

export interface SimulatedFarm {
  readonly workerCount: number
  /** Of the store, for everybody together. */
  readonly storeBytesPerSec: number
}

export interface SimulatedThroughput {
  readonly tasksPerSec: number
  readonly storeBytesPerSec: number
  /** Mean share of the time that a worker computes. */
  readonly busyShare: number
}

/** Rounds of one task for each worker that are simulated; in the first ones all still begin at once. */
const ROUNDS = 20
const UNCOUNTED_ROUNDS = 5

/**
 * A farm whose queue never runs empty: each worker takes a task, fetches what it needs, computes, sends what it made,
 * and says so. The queue and the store serve one after the other, in the order in which they are asked; half of the
 * queue's work is the taking, half the end. Nothing fails, and all workers are alike.
 */
export function simulateFarm(costs: TaskCosts, { workerCount, storeBytesPerSec }: SimulatedFarm): SimulatedThroughput {
  const queue = createServer()
  const store = createServer()
  const ends: number[] = []
  const agenda = createAgenda()
  for (let worker = 0; worker < workerCount; worker++) agenda.add(0, 0)
  const taskCount = workerCount * ROUNDS
  // Each step asks one server at the moment when the worker comes to it, so that servers see their askers in order.
  while (ends.length < taskCount) {
    const { atSec, step } = agenda.next()
    if (step === 0) agenda.add(queue.serve(atSec, costs.queueSec / 2), 1)
    else if (step === 1) agenda.add(store.serve(atSec, costs.fetchedBytes / storeBytesPerSec) + costs.computeSec, 2)
    else if (step === 2) agenda.add(store.serve(atSec, costs.sentBytes / storeBytesPerSec), 3)
    else {
      const endSec = queue.serve(atSec, costs.queueSec / 2)
      ends.push(endSec)
      agenda.add(endSec, 0)
    }
  }
  // From the end of one round to the end of another: whole rounds, where workers end together.
  const uncounted = workerCount * UNCOUNTED_ROUNDS
  const tasksPerSec = (taskCount - uncounted) / (ends[taskCount - 1] - ends[uncounted - 1])
  return {
    tasksPerSec,
    storeBytesPerSec: tasksPerSec * (costs.fetchedBytes + costs.sentBytes),
    busyShare: (tasksPerSec * costs.computeSec) / workerCount,
  }
}

/** Serves one after the other. */
function createServer() {
  let freeAtSec = 0
  return {
    /** @returns when whoever asks now has been served */
    serve(atSec: number, durationSec: number): number {
      freeAtSec = Math.max(freeAtSec, atSec) + durationSec
      return freeAtSec
    },
  }
}

interface Entry {
  readonly atSec: number
  readonly step: number
  readonly order: number
}

/** What happens next comes first; of two at one moment, what was entered first. */
function createAgenda() {
  const heap: Entry[] = []
  let count = 0
  const isBefore = (a: Entry, b: Entry) => a.atSec < b.atSec || (a.atSec === b.atSec && a.order < b.order)
  const swap = (a: number, b: number) => ([heap[a], heap[b]] = [heap[b], heap[a]])
  return {
    add(atSec: number, step: number): void {
      heap.push({ atSec, step, order: count++ })
      for (let at = heap.length - 1; at > 0;) {
        const parent = (at - 1) >> 1
        if (!isBefore(heap[at], heap[parent])) break
        swap(at, parent)
        at = parent
      }
    },
    next(): Entry {
      const first = heap[0]
      const last = heap.pop()
      if (heap.length === 0 || last === undefined) return first
      heap[0] = last
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2]
        let least = at
        if (left < heap.length && isBefore(heap[left], heap[least])) least = left
        if (right < heap.length && isBefore(heap[right], heap[least])) least = right
        if (least === at) return first
        swap(at, least)
        at = least
      }
    },
  }
}
