import type { FromRemote, Leak, RemoteTask } from './messages.ts'
import type { CallRemote } from './remote-work.ts'

/** What an engine elsewhere says of itself once it runs. */
export type RemoteEngine = Pick<Extract<FromRemote, { readonly kind: 'ready' }>, 'device' | 'driver' | 'version'>

/** One end of a line to an engine that is elsewhere, whatever carries the messages. */
export interface RemoteLine {
  /** Once the engine runs. Rejects, in plain words, where there is none. */
  readonly ready: Promise<RemoteEngine>
  /** What all tasks together left behind. */
  readonly leak: Leak
  /** Rejects when the line is lost, and with what the other end says went wrong. */
  readonly call: CallRemote
  /** To be called with each message from there. */
  receive(message: FromRemote): void
  /** The other end is gone: whoever waits is told, and whoever asks later. */
  lose(cause: Error): void
}

interface Pending {
  readonly resolve: (result: Awaited<ReturnType<CallRemote>>) => void
  readonly reject: (cause: Error) => void
}

/** @param send takes a task's message to the other end */
export function createRemoteLine(send: (taskId: string, task: RemoteTask) => void): RemoteLine {
  const pending = new Map<string, Pending>()
  const { promise: ready, resolve: tellReady, reject: refuse } = Promise.withResolvers<RemoteEngine>()
  ready.catch(() => {}) // whoever waits for it hears of it
  let leak: Leak = { tensors: 0, bytes: 0 }
  let lost: Error | null = null
  let taskCount = 0
  return {
    ready,
    get leak() {
      return leak
    },
    call(task) {
      const taskId = String(++taskCount)
      return new Promise((resolve, reject) => {
        if (lost !== null) return reject(lost)
        pending.set(taskId, { resolve, reject })
        send(taskId, task)
      })
    },
    receive(message) {
      if (message.kind === 'ready') return tellReady(message)
      if (message.kind === 'refused') return refuse(new Error(message.reason))
      const own = pending.get(message.taskId)
      pending.delete(message.taskId)
      if (message.kind !== 'done')
        return own?.reject(new Error(message.kind === 'failed' ? message.message : 'cancelled'))
      leak = { tensors: leak.tensors + message.leak.tensors, bytes: leak.bytes + message.leak.bytes }
      own?.resolve(message.result)
    },
    lose(cause) {
      lost = cause
      refuse(cause)
      for (const { reject } of pending.values()) reject(cause)
      pending.clear()
    },
  }
}
