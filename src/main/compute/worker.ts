import { constants, setPriority } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assertNever } from '../../shared/base/assert.ts'
import { CancelledError } from '../../shared/base/errors.ts'
import type { ComputeTask, FromWorker, ToWorker } from '../../shared/contract/compute.ts'
import { converters } from '../../shared/project/converters.ts'
import { whatIsHeard } from '../../shared/project/performance.ts'
import { openEngine, type Backend } from './engines/backend.ts'
import type { ComputeEngine } from './engines/compute-engine.ts'
import { testEngine } from './engines/engine-test.ts'
import { converterOf } from './converters/converters.ts'
import { findEngine, lastResort } from './engines/engines.ts'
import { complaintAbout, selfTestNumbers } from './engines/self-test.ts'
import type { TaskContext, TaskEnd } from './task-context.ts'
import { analyze } from './tasks/analyze.ts'
import { convert } from './tasks/convert.ts'
import { copyByVocoder } from './tasks/copy-synthesis.ts'
import { estimate } from './tasks/estimate.ts'
import { inspect } from './tasks/inspect.ts'
import { measure } from './tasks/measure.ts'
import { findPitch } from './tasks/pitch.ts'
import { train } from './tasks/train.ts'
import { trainEmotions } from './tasks/train-emotions.ts'
import { trainTranslation } from './tasks/train-translation.ts'
import { trainVocoder } from './tasks/train-vocoder.ts'
import { openAccount } from './workers/memory-account.ts'
import { createMemoryGuard } from './workers/memory-guard.ts'
import { createPacer } from './workers/pacer.ts'
import { failureOfFault } from './workers/worker-fault.ts'
import { openWorkerPort } from './workers/worker-port.ts'

/** A sign of life and the memory it takes, this often. */
const BEAT_INTERVAL_MS = 1000
/** Long enough for the last message to leave, short enough not to be waited for. */
const SELF_TEST_LINGER_MS = 5000

interface CurrentTask {
  readonly taskId: string
  isCancelled: boolean
  wish: 'pause' | 'finish' | null
}

/** `src/main/compute` and `out/main` alike lie in the root's second level. */
const here = dirname(fileURLToPath(import.meta.url))
const rootFolder = resolve(here, here.endsWith('compute') ? '../../..' : '../..')
const environment = process.env
/**
 * Entry of a compute worker process: one task at a time, spoken to through the contract's messages. In the role
 * `self-test` it tries its engine, says what it found, and ends.
 */
const port = openWorkerPort()
const nowMs = () => performance.now()
const tidy = createMemoryGuard(nowMs)
/** A task that computes without a pause hears no `disconnect`; but whoever lost its parent is adopted by another. */
const startedBy = process.ppid
const isAbandoned = () => process.ppid !== startedBy
const pacer = createPacer(nowMs)
let lastBeatMs = 0
let current: CurrentTask | null = null
let isProven = environment['UNDERSTUDY_ENGINE_PROVEN'] === '1'

port.onClose(() => process.exit(0))
const engineName = environment['UNDERSTUDY_ENGINE'] || lastResort
const engine = findEngine(engineName)
if (engine === undefined) throw new Error(`“${engineName}” is no engine of this program`)
const setting = {
  enginesFolder: environment['UNDERSTUDY_ENGINES'] || null,
  hasWindows: environment['UNDERSTUDY_WINDOWS'] === '1',
}
if (process.argv.includes('self-test')) await runSelfTest(engine)
// What a person waits for comes first: a training takes the time that is left, in every thread that the engine starts.
if (process.argv.includes('training')) lowerPriority()
const backend = await openEngine(engine, setting)
// Most of what a person waits for is computed without the engine, and its test takes memory that stays taken.
if (!process.argv.includes('interactive')) await proveEngine()
port.onMessage((message) => void receive(message))
port.send({ kind: 'ready', backend: backend.id })
setInterval(beat, BEAT_INTERVAL_MS).unref()

/** What passed its self-test as it is now needs no comparing at each start; else this ends the process where it must. */
async function proveEngine(): Promise<void> {
  if (isProven) return
  const complaint = complaintAbout(await selfTestNumbers(backend.work))
  if (complaint !== null) throw new Error(`${backend.label}: ${complaint}`)
  isProven = true
}

const usesEngine = (task: ComputeTask): boolean =>
  task.kind === 'train' ||
  task.kind === 'train-vocoder' ||
  task.kind === 'train-translation' ||
  task.kind === 'estimate' ||
  (task.kind === 'train-emotions' && task.request.method === 'relgan') ||
  (task.kind === 'convert' &&
    (whatIsHeard(task.request.performance).emotion !== 'neutral' || needsTensors(task.request.singerPath)))

const needsTensors = (singerPath: string): boolean => {
  const converter = converterOf(singerPath)
  return converter !== null && converters[converter].drawsSamples
}

/** Says what was found and ends the process. */
async function runSelfTest(tested: ComputeEngine): Promise<never> {
  try {
    const test = await testEngine(tested, setting, nowMs, (phase) => port.send({ kind: 'testing', phase }))
    port.send({ kind: 'tested', test })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    port.send({ kind: 'test-failed', reason })
  }
  // The line is closed by the program once it has heard; an engine's threads must not keep the process.
  return new Promise(() => setTimeout(() => process.exit(0), SELF_TEST_LINGER_MS))
}

function lowerPriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // Some systems forbid it; the training then shares evenly.
  }
}

function beat(): void {
  port.send({ kind: 'beat', residentBytes: process.memoryUsage.rss() })
  lastBeatMs = nowMs()
}

async function receive(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'run':
      return runTask(message.taskId, message.task)
    case 'cancel':
      if (current?.taskId === message.taskId) current.isCancelled = true
      return pacer.wake()
    case 'pause':
    case 'finish':
      if (current?.taskId === message.taskId) current.wish = message.kind
      return pacer.wake()
    case 'pace':
      return pacer.set(message.pace, message.reason)
    default:
      assertNever(message)
  }
}

async function runTask(taskId: string, task: ComputeTask): Promise<void> {
  const own: CurrentTask = { taskId, isCancelled: false, wish: null }
  current = own
  if (usesEngine(task)) await proveEngine()
  const account = openAccount(backend.leak)
  const end = await endOf(task, own)
  const { tensors, bytes, heldTensors } = account.close()
  port.send({ kind: 'accounted', taskId, leakedTensors: tensors, leakedBytes: bytes, heldTensors })
  beat()
  port.send(end)
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
    return { kind: 'failed', taskId, failure: failureOfFault(cause) }
  }
}

function perform(task: ComputeTask, context: TaskContext): Promise<TaskEnd> {
  switch (task.kind) {
    case 'convert':
      return convert(task.request, context)
    case 'train':
      return train(task.request, context)
    case 'train-emotions':
      return trainEmotions(task.request, context)
    case 'train-vocoder':
      return trainVocoder(task.request, context)
    case 'train-translation':
      return trainTranslation(task.request, context)
    case 'inspect':
      return inspect(task.request, context)
    case 'measure':
      return measure(context)
    case 'analyze':
      return analyze(task.request, context)
    case 'pitch':
      return findPitch(task.request, context)
    case 'estimate':
      return estimate(task.request, context)
    case 'copy-synthesis':
      return copyByVocoder(task.request, context)
    default:
      return assertNever(task)
  }
}

function createContext(own: CurrentTask, backend: Backend): TaskContext {
  const { taskId } = own
  let reached = 0
  /** A report without a phase goes on in the one before. */
  let phaseNow = ''
  return {
    backend,
    modelsFolder: environment['UNDERSTUDY_MODELS'] || join(rootFolder, 'models'),
    kernelsFolder: join(rootFolder, 'out', 'kernels'),
    nowMs,
    log: (line) => void process.stderr.write(`${line}\n`),
    progress: {
      report(fraction, phase = phaseNow) {
        reached = fraction
        phaseNow = phase
        port.send({ kind: 'progress', taskId, fraction, phase })
        if (nowMs() - lastBeatMs >= BEAT_INTERVAL_MS) beat()
        tidy()
      },
      get isCancelled() {
        return own.isCancelled || isAbandoned()
      },
    },
    onTrainingPoint: (point, singerIndex) => port.send({ kind: 'training-point', taskId, point, singerIndex }),
    get wish() {
      return own.wish
    },
    async breathe() {
      await new Promise((resolve) => setImmediate(resolve))
      await pacer.pause({
        isCalledOff: () => own.isCancelled || own.wish !== null || isAbandoned(),
        onRest: (reason) => port.send({ kind: 'progress', taskId, fraction: reached, phase: reason }),
      })
    },
  }
}
