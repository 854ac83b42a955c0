import { mkdir, rm } from 'node:fs/promises'
import { CancelledError, FailureError } from '../../shared/base/errors.ts'
import { silentProgress, subProgress, type Progress } from '../../shared/base/progress.ts'
import type { ComputeResult, TrainRequest } from '../../shared/contract/compute.ts'
import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import { trainingRecord, type PortableTraining, type TrainingRecord } from '../../shared/contract/portable-training.ts'
import type { RunningTask } from '../compute/workers/lane-task.ts'
import type { Performing } from './performing.ts'
import type { ContentStore } from './store/content-store.ts'
import type { TaskInHand } from './task-queue.ts'
import { makeTaskFolder } from './task-folders.ts'
import { resultName } from './task-key.ts'
import { openTrainingMirror, sendTrainingState } from './training-state.ts'
import { fetchTraining, learnersOf } from './training-travel.ts'

const FETCHED = 0.02
/** What was learned is told this often, where there is anything new. */
const TELL_MS = 2000

/**
 * Learns what somebody asked for, and puts what it has into the store at each check: whoever takes the training over
 * goes on from there. Throws FailureError and CancelledError.
 */
export async function performTraining(
  task: PortableTraining,
  { key, signal, onWish }: Pick<TaskInHand, 'key' | 'signal' | 'onWish'>,
  progress: Progress & { readonly told: (sequence: number) => void },
  { pool, contents, folder }: Performing,
): Promise<'done' | 'paused'> {
  const earlier = trainingRecord.safeParse(await contents.readRecord(resultName(key))).data ?? null
  if (earlier?.result != null) return 'done'
  const workFolder = await makeTaskFolder(folder, key)
  try {
    progress.report(0, 'fetching the clips')
    const request = await fetchTraining(task, workFolder, contents, subProgress(progress, 0, FETCHED))
    for (const { workFolder: own } of learnersOf(request)) await mkdir(own, { recursive: true })
    const state = earlier?.state ?? task.begun
    if (state !== null) await openTrainingMirror(learnersOf(request), contents, null).put(state, silentProgress)
    const teller = createTeller(request, key, earlier, contents, progress.told)
    const learning = subProgress(progress, FETCHED, 1)
    const running = pool.run(
      'training',
      { kind: 'train', request },
      { onProgress: learning.report, onTrainingPoint: (point, singerIndex) => teller.add({ point, singerIndex }) },
    )
    onWish((wish) => running[wish]())
    return await tellUntilEnd(running, signal, teller)
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

async function tellUntilEnd(running: RunningTask, signal: AbortSignal, teller: Teller): Promise<'done' | 'paused'> {
  // A worker that goes home leaves what it has for the next.
  const stop = () => (signal.reason === 'closing' ? running.pause() : running.cancel())
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  const telling = setInterval(() => void teller.tell().catch(() => {}), TELL_MS) // what is not told now is told next
  try {
    const outcome = await running.done
    clearInterval(telling)
    if (outcome.kind === 'failed') throw new FailureError(outcome.failure)
    if (outcome.kind === 'cancelled') throw new CancelledError()
    if (outcome.kind === 'done' && outcome.result.kind !== 'train') throw new CancelledError()
    const result = outcome.kind === 'done' && outcome.result.kind === 'train' ? outcome.result : null
    await teller.tell(result)
    if (signal.aborted) throw new CancelledError()
    return outcome.kind
  } finally {
    clearInterval(telling)
    signal.removeEventListener('abort', stop)
  }
}

interface Told {
  readonly point: TrainingPoint
  readonly singerIndex: number
}
type Learned = Extract<ComputeResult, { kind: 'train' }>

/** Keeps the record of a training in the store. */
interface Teller {
  add(point: Told): void
  /** Files and points as they are now. Throws FailureError where they can't be told. */
  tell(result?: Learned | null): Promise<void>
}

function createTeller(
  request: TrainRequest,
  key: string,
  earlier: TrainingRecord | null,
  contents: ContentStore,
  told: (sequence: number) => void,
): Teller {
  const points: Told[] = [...(earlier?.points ?? [])]
  let sequence = earlier?.sequence ?? 0
  let toldPoints = points.length
  let turn: Promise<unknown> = Promise.resolve()
  const write = async (result: Learned | null, isLast: boolean) => {
    if (!isLast && toldPoints === points.length) return
    const state = await sendTrainingState(learnersOf(request), contents, silentProgress)
    const count = points.length
    const record = { sequence: sequence + 1, state, points: points.slice(), result }
    await contents.writeRecord(resultName(key), trainingRecord.parse(record))
    sequence++
    toldPoints = count
    told(sequence)
  }
  return {
    add: (point) => void points.push(point),
    tell(result) {
      const own = turn.then(() => write(result ?? null, result !== undefined))
      turn = own.catch(() => {})
      return own
    },
  }
}
