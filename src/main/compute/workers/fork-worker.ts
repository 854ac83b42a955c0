import { fork } from 'node:child_process'
import type { FromWorker } from '../../../shared/contract/compute.ts'
import type { EngineChoice, StartWorker } from './worker-process.ts'

export interface WorkerEnvironment {
  readonly modelsFolder: string
  /** Where engines are installed for this person; null where none can be. */
  readonly enginesFolder: string | null
}

/**
 * glibc keeps freed blocks of up to 32 MB for later, which in a worker are arrays that never come back at their size.
 * From 256 kB on they are given back to the system at once: a seventh less memory. Unknown to other systems. Native
 * TensorFlow takes its blocks anew at every operation, and trains a third slower so: it keeps glibc's own ways.
 */
const GLIBC_MEMORY = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '262144',
} as const

/**
 * V8 lets the nursery for new objects grow to 96 MB, most of it empty. Sound lies in arrays outside of it, and a
 * nursery of 12 MB costs no time that could be measured.
 */
const WORKER_FLAGS: readonly string[] = ['--max-semi-space-size=4']

/** What a worker is started with, whichever host starts it. */
export interface WorkerLaunch {
  readonly flags: readonly string[]
  variables(engine: EngineChoice | undefined): NodeJS.ProcessEnv
}

export const workerLaunch = ({ modelsFolder, enginesFolder }: WorkerEnvironment): WorkerLaunch => ({
  flags: WORKER_FLAGS,
  variables: (engine) => ({
    ...process.env,
    ...(engine?.id === 'tensorflow' ? {} : GLIBC_MEMORY),
    UNDERSTUDY_MODELS: modelsFolder,
    UNDERSTUDY_ENGINES: enginesFolder ?? '',
    UNDERSTUDY_ENGINE: engine?.id ?? '',
    UNDERSTUDY_ENGINE_PROVEN: engine?.isProven === true ? '1' : '',
  }),
})

/** Enough of a crash to understand it. */
const LAST_WORDS_LENGTH = 4000

/** Starts workers as forked Node processes, by the very Node that runs now. */
export const createWorkerFork =
  (environment: WorkerEnvironment): StartWorker =>
  (workerPath, role, engine) => {
    const { flags, variables } = workerLaunch(environment)
    const child = fork(workerPath, [role], {
      execArgv: [...flags],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: variables(engine),
    })
    let lastWords = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-LAST_WORDS_LENGTH)
    })
    // A process that could not even be started says so here, and exits.
    child.on('error', (cause) => (lastWords += cause.message))
    return {
      // A line that broke is followed by the exit, which is what counts.
      send: (message) => void (child.connected && child.send(message, () => {})),
      // The worker is this program's own: the contract's types hold on the line.
      onMessage: (listener) => void child.on('message', (message) => listener(message as FromWorker)),
      onExit: (listener) => {
        let isTold = false
        const tell = () => {
          if (!isTold) listener(lastWords)
          isTold = true
        }
        // Not at the exit: what was said last may still be on its way then.
        child.on('close', (_code, signal) => {
          if (signal !== null) lastWords += `\nended by ${signal}`
          tell()
        })
        child.on('error', tell)
      },
      kill: () => void child.kill('SIGKILL'),
    }
  }
