import { fork } from 'node:child_process'
import type { FromWorker } from '../../shared/contract/compute.ts'
import type { ComputeRole, WorkerProcess } from './pool.ts'

export interface WorkerEnvironment {
  readonly modelsFolder: string
  /** Where engines are installed for this person; null where none can be. */
  readonly enginesFolder: string | null
}

/** Enough of a crash to understand it. */
const LAST_WORDS_LENGTH = 4000

/** Starts workers as forked Node processes, by the very Node that runs now. */
export const createWorkerFork =
  (environment: WorkerEnvironment) =>
  (workerPath: string, role: ComputeRole): WorkerProcess => {
    const child = fork(workerPath, [role], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {
        ...process.env,
        UNDERSTUDY_MODELS: environment.modelsFolder,
        UNDERSTUDY_ENGINES: environment.enginesFolder ?? '',
      },
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
        child.on('exit', tell)
        child.on('error', tell)
      },
      kill: () => void child.kill('SIGKILL'),
    }
  }
