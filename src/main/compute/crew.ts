import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'
import { FailureError } from '../../shared/base/errors.ts'
import type { Crew, CrewJobs } from '../../shared/kernels/crew.ts'
import type { Kernels } from '../../shared/kernels/kernels.ts'
import { performJob } from '../../shared/world/jobs.ts'
import type { CrewAnswer, CrewRequest, CrewThreadData } from './crew-worker.ts'
import { loadKernels } from './kernels.ts'

export interface CrewOptions {
  readonly workerPath: URL | string
  readonly kernelsFolder: string
  readonly threadCount: number
  /** For the jobs of a thread that is lost. */
  readonly kernels: Kernels
  /** A thread that says nothing for so long is lost. */
  readonly longestSilenceMs?: number
}

/** One job in work and one that waits for it, so that no thread waits for this one. */
const JOBS_PER_THREAD = 2
/** Results that must wait for an earlier one take room: so far ahead of it no job is begun. */
const JOBS_AHEAD_PER_THREAD = 3
/** More threads take more memory than they save time: reading the sound does not get faster with them. */
const MOST_THREADS = 3
/** Threads that nobody asks for so long are given back: a training needs them only while it reads its clips. */
const IDLE_MS = 10_000
/** Young objects of a job are few: its arrays lie elsewhere. */
const NURSERY_MB = 4
const LONGEST_SILENCE_MS = 60_000

/** Threads of a crew on this machine. */
export const crewThreadCount = (): number => Math.min(availableParallelism(), MOST_THREADS)

const teams = new Map<string, Kernels>()

/** As `loadKernels`, with a crew where the machine has several processors. */
export function loadKernelsWithCrew(kernelsFolder: string, log: (line: string) => void): Kernels {
  const known = teams.get(kernelsFolder)
  if (known !== undefined) return known
  const kernels = loadKernels(kernelsFolder, log)
  const workerPath = crewWorkerPath(kernelsFolder)
  const threadCount = crewThreadCount()
  const hasCrew = threadCount > 1 && canWait() && existsSync(workerPath)
  const team = hasCrew ? { ...kernels, crew: createCrew({ workerPath, kernelsFolder, threadCount, kernels }) } : kernels
  teams.set(kernelsFolder, team)
  return team
}

/** Some hosts do not let their main thread wait. */
function canWait(): boolean {
  try {
    // The cell holds 0, so this answers at once.
    return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1) === 'not-equal'
  } catch {
    return false
  }
}

/** Beside this file in the source; the build puts it beside the other entries, next to the kernels. */
const crewWorkerPath = (kernelsFolder: string): string =>
  import.meta.url.endsWith('.ts')
    ? fileURLToPath(new URL('./crew-worker.ts', import.meta.url))
    : join(kernelsFolder, '../main/crew-worker.js')

interface Thread {
  readonly port: MessagePort
  readonly open: Set<number>
}

/**
 * Threads that analyze sound for a computation that waits for them: it is blocked, as it would be if it did the work
 * itself. They start with the first jobs, end when there are none for a while, and do not keep the process alive.
 */
export function createCrew(options: CrewOptions): Crew & { stop(): void } {
  const answers = new Int32Array(new SharedArrayBuffer(4))
  const workers: Worker[] = []
  let threads: Thread[] | null = null
  let runs = 0
  let idle: NodeJS.Timeout | undefined

  function start(): Thread[] {
    return Array.from({ length: options.threadCount }, () => {
      const { port1, port2 } = new MessageChannel()
      const workerData: CrewThreadData = { port: port2, answers, kernelsFolder: options.kernelsFolder }
      const resourceLimits = { maxYoungGenerationSizeMb: NURSERY_MB }
      const worker = new Worker(options.workerPath, { workerData, transferList: [port2], execArgv: [], resourceLimits })
      // A crash is told here only when this thread listens; until then its silence tells.
      worker.on('error', () => {})
      worker.unref()
      port1.unref()
      workers.push(worker)
      return { port: port1, open: new Set<number>() }
    })
  }

  return {
    run(kind, jobs, take) {
      const source = jobs[Symbol.iterator]()
      const first = source.next()
      if (first.done) return
      const second = source.next()
      // A single job is not worth a thread.
      if (second.done) return take(performJob(kind, first.value, options.kernels), 0)
      clearTimeout(idle)
      threads ??= start()
      const all = precededBy([first.value, second.value], source)
      try {
        const hasLostThreads = performRun({ ...options, threads, answers, run: ++runs }, kind, all, take)
        if (hasLostThreads) stop()
      } finally {
        idle = setTimeout(stop, IDLE_MS).unref()
      }
    },
    stop,
  }

  function stop(): void {
    for (const worker of workers.splice(0)) void worker.terminate()
    threads = null
  }
}

function* precededBy<Job>(first: readonly Job[], rest: Iterator<Job>): Generator<Job> {
  yield* first
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value
}

interface Run extends CrewOptions {
  readonly threads: readonly Thread[]
  readonly answers: Int32Array
  readonly run: number
}

/** Returns whether threads were lost; their jobs were done here. */
function performRun<Kind extends keyof CrewJobs>(
  context: Run,
  kind: Kind,
  jobs: Iterable<CrewJobs[Kind]['job']>,
  take: (result: CrewJobs[Kind]['result'], index: number) => void,
): boolean {
  const { threads, answers, run } = context
  for (const { open } of threads) open.clear()
  const source = jobs[Symbol.iterator]()
  const waiting = new Map<number, CrewJobs[Kind]['job']>()
  const finished = new Map<number, CrewJobs[Kind]['result']>()
  let asked = 0
  let taken = 0
  let hasMore = true

  const feed = (): void => {
    for (let round = 1; round <= JOBS_PER_THREAD; round++) {
      for (const thread of threads) {
        const isAhead = asked - taken >= JOBS_AHEAD_PER_THREAD * threads.length
        if (!hasMore || isAhead || thread.open.size >= round) continue
        const next = source.next()
        if (next.done) hasMore = false
        else ask(thread, next.value)
      }
    }
  }
  const ask = (thread: Thread, job: CrewJobs[Kind]['job']): void => {
    const request: CrewRequest<Kind> = { run, index: asked, kind, job }
    thread.open.add(asked)
    waiting.set(asked++, job)
    thread.port.postMessage(request)
  }
  const finish = (index: number, result: CrewJobs[Kind]['result']): void => {
    waiting.delete(index)
    finished.set(index, result)
    for (let next = finished.get(taken); next !== undefined; next = finished.get(taken)) {
      finished.delete(taken)
      take(next, taken++)
    }
  }

  feed()
  while (waiting.size > 0) {
    const seen = Atomics.load(answers, 0)
    const received = receive(context, (index, result) => {
      // The thread did the job of this kind: its result is of this kind.
      finish(index, result as CrewJobs[Kind]['result'])
    })
    if (received) feed()
    else if (Atomics.wait(answers, 0, seen, context.longestSilenceMs ?? LONGEST_SILENCE_MS) === 'timed-out') {
      for (const [index, job] of [...waiting]) finish(index, performJob(kind, job, context.kernels))
      for (; hasMore; hasMore = !doHere(source.next())) continue
      return true
    }
  }
  return false

  function doHere(next: IteratorResult<CrewJobs[Kind]['job']>): boolean {
    if (!next.done) finish(asked++, performJob(kind, next.value, context.kernels))
    return next.done === true
  }
}

/** Hands on what has come, and says whether anything had. Throws what a job threw. */
function receive({ threads, run }: Run, take: (index: number, result: unknown) => void): boolean {
  let hasReceived = false
  for (const { port, open } of threads) {
    for (let message = receiveMessageOnPort(port); message !== undefined; message = receiveMessageOnPort(port)) {
      // Only the crew's own threads hold the other end.
      const answer = message.message as CrewAnswer
      hasReceived = true
      if (answer.run !== run) continue
      open.delete(answer.index)
      if (answer.kind === 'failed') throw new FailureError(answer.failure)
      if (answer.kind === 'fault') throw new Error(answer.details)
      take(answer.index, answer.result)
    }
  }
  return hasReceived
}
