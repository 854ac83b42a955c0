import type { FromWorker, ToWorker } from '../../../shared/contract/compute.ts'

/** The worker's line to the program, whichever host started it. */
export interface WorkerPort {
  send(message: FromWorker): void
  onMessage(listener: (message: ToWorker) => void): void
  /** The program is gone. */
  onClose(listener: () => void): void
}

/** Electron's utility process has `process.parentPort`; a forked Node has `process.send`. */
export function openWorkerPort(): WorkerPort {
  const port = parentPort()
  if (port !== null) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
      onClose: (listener) => process.on('disconnect', listener),
    }
  }
  if (process.send === undefined) throw new Error('a compute worker is started by the program, not by hand')
  return {
    // A line that broke in the meantime is reported by `disconnect`.
    send: (message) => void process.send?.(message, () => {}),
    // Both ends are this program's own: the contract's types hold on the line.
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToWorker)),
    onClose: (listener) => void process.on('disconnect', listener),
  }
}

interface ParentPort {
  postMessage(message: FromWorker): void
  on(event: 'message', listener: (event: { readonly data: ToWorker }) => void): void
}

/** Only Electron's types know the property. */
const parentPort = (): ParentPort | null => (process as { parentPort?: ParentPort }).parentPort ?? null
