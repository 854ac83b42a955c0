import { app, utilityProcess } from 'electron'
import type { FromWorker } from '../../shared/contract/compute.ts'
import type { WorkerLaunch } from '../compute/workers/fork-worker.ts'
import type { StartWorker } from '../compute/workers/worker-process.ts'
import { openComputeWindow } from './compute-window.ts'

/** Enough of a crash to understand it. */
const LAST_WORDS_LENGTH = 4000

/** Starts workers as Electron's utility processes: a plain fork needs Electron to run as Node, which the shipped program may not. */
export const createEngineFork =
  ({ flags, variables }: WorkerLaunch): StartWorker =>
  (workerPath, role, engine) => {
    const child = utilityProcess.fork(workerPath, [role], {
      serviceName: `Understudy ${role} engine`,
      stdio: ['ignore', 'ignore', 'pipe'],
      execArgv: [...flags],
      env: { ...variables(engine), UNDERSTUDY_WINDOWS: '1' },
    })
    let lastWords = ''
    let closeWindow = () => {}
    child.on('message', (message: FromWorker) => {
      if (message.kind === 'open-page') closeWindow = openComputeWindow(message.address)
    })
    child.stderr?.on('data', (bytes: Buffer) => {
      lastWords = (lastWords + bytes.toString()).slice(-LAST_WORDS_LENGTH)
    })
    // Why it went (memory, crash) is told apart from the exit, and a moment before it.
    const hearGone = (_event: unknown, details: { type: string; name?: string; reason: string }) => {
      if (details.type === 'Utility' && details.name?.includes(role) === true) lastWords += `\n${details.reason}`
    }
    app.on('child-process-gone', hearGone)
    return {
      send: (message) => child.postMessage(message),
      // The worker is this program's own: the contract's types hold on the line.
      onMessage: (listener) => void child.on('message', (message: FromWorker) => listener(message)),
      onExit: (listener) =>
        void child.once('exit', () => {
          app.off('child-process-gone', hearGone)
          closeWindow()
          listener(lastWords)
        }),
      kill: () => void child.kill(),
    }
  }
