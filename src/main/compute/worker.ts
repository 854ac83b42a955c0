import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assertNever } from '../../shared/base/assert.ts'
import { CancelledError, failure, FailureError } from '../../shared/base/errors.ts'
import type { ComputeTask, FromWorker, ToWorker } from '../../shared/contract/compute.ts'
import { selectBackend, type Backend } from './backend.ts'
import { createMemoryGuard } from './memory-guard.ts'
import type { TaskContext, TaskEnd } from './task-context.ts'
import { analyze } from './tasks/analyze.ts'
import { convert } from './tasks/convert.ts'
import { inspect } from './tasks/inspect.ts'
import { measure } from './tasks/measure.ts'
import { train } from './tasks/train.ts'
import { openWorkerPort } from './worker-port.ts'

/** Entry of a compute worker process: one task at a time, spoken to through the contract's messages. */

interface CurrentTask {
  readonly taskId: string
  isCancelled: boolean
  wish: 'pause' | 'finish' | null
}

/** `src/main/compute` and `out/main` alike lie in the root's second level. */
const here = dirname(fileURLToPath(import.meta.url))
const rootFolder = resolve(here, here.endsWith('compute') ? '../../..' : '../..')
const environment = process.env
const port = openWorkerPort()
const nowMs = () => performance.now()
const tidy = createMemoryGuard(nowMs)
/** A task that computes without a pause hears no `disconnect`; but whoever lost its parent is adopted by another. */
const startedBy = process.ppid
const isAbandoned = () => process.ppid !== startedBy
let current: CurrentTask | null = null

port.onClose(() => process.exit(0))
const backend = await selectBackend({
  wanted: environment['UNDERSTUDY_BACKEND'] || null,
  enginesFolder: environment['UNDERSTUDY_ENGINES'] || null,
  nowMs,
})
port.onMessage((message) => void receive(message))
port.send({ kind: 'ready', backend: backend.id, reason: backend.reason })

async function receive(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'run':
      return runTask(message.taskId, message.task)
    case 'cancel':
      if (current?.taskId === message.taskId) current.isCancelled = true
      return
    case 'pause':
    case 'finish':
      if (current?.taskId === message.taskId) current.wish = message.kind
      return
    default:
      assertNever(message)
  }
}

async function runTask(taskId: string, task: ComputeTask): Promise<void> {
  const own: CurrentTask = { taskId, isCancelled: false, wish: null }
  current = own
  port.send(await endOf(task, own))
  current = null
}

/** The rim: whatever is thrown becomes an answer. */
async function endOf(task: ComputeTask, own: CurrentTask): Promise<FromWorker> {
  const { taskId } = own
  try {
    const end = await perform(task, createContext(own, backend))
    return end.kind === 'done' ? { kind: 'done', taskId, result: end.result } : { kind: 'paused', taskId }
  } catch (cause) {
    if (cause instanceof CancelledError) return { kind: 'cancelled', taskId }
    if (cause instanceof FailureError) return { kind: 'failed', taskId, failure: cause.failure }
    const details = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
    const message = 'The computation ended in a fault of the program.'
    return { kind: 'failed', taskId, failure: failure('program-fault', message, undefined, details) }
  }
}

function perform(task: ComputeTask, context: TaskContext): Promise<TaskEnd> {
  switch (task.kind) {
    case 'convert':
      return convert(task.request, context)
    case 'train':
      return train(task.request, context)
    case 'inspect':
      return inspect(task.request, context)
    case 'measure':
      return measure(context)
    case 'analyze':
      return analyze(task.request, context)
    default:
      return assertNever(task)
  }
}

function createContext(own: CurrentTask, backend: Backend): TaskContext {
  const { taskId } = own
  return {
    backend,
    modelsFolder: environment['UNDERSTUDY_MODELS'] || join(rootFolder, 'models'),
    kernelsFolder: join(rootFolder, 'out', 'kernels'),
    nowMs,
    log: (line) => void process.stderr.write(`${line}\n`),
    progress: {
      report(fraction, phase = '') {
        port.send({ kind: 'progress', taskId, fraction, phase })
        tidy()
      },
      get isCancelled() {
        return own.isCancelled || isAbandoned()
      },
    },
    onTrainingPoint: (point) => port.send({ kind: 'training-point', taskId, point }),
    get wish() {
      return own.wish
    },
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  }
}
