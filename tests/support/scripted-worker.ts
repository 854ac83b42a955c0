import type { ComputeTask, FromWorker } from '../../src/shared/contract/compute.ts'
import type { StartWorker } from '../../src/main/compute/workers/worker-process.ts'

type TaskOf<Kind extends ComputeTask['kind']> = Extract<ComputeTask, { kind: Kind }>

export interface ScriptedWorker<Kind extends ComputeTask['kind']> {
  readonly fork: StartWorker
  /** The tasks that it was given, oldest first. */
  readonly taken: readonly { readonly taskId: string; readonly request: TaskOf<Kind>['request'] }[]
  tell(message: FromWorker): void
}

/** A worker of one kind of task that does nothing by itself and obeys at once. */
export function createScriptedWorker<Kind extends ComputeTask['kind']>(
  kind: Kind,
  onFinish: () => void = () => {},
): ScriptedWorker<Kind> {
  const taken: { taskId: string; request: TaskOf<Kind>['request'] }[] = []
  let tell: (message: FromWorker) => void = () => {}
  return {
    taken,
    tell: (message) => tell(message),
    fork: (_workerPath, role) => {
      // Two lanes have two workers; each answers for itself, and a test speaks for the one that came last.
      let answer: (message: FromWorker) => void = () => {}
      return {
        onMessage(listener) {
          // Engines are not what such tests are about: none but the one that is always there passes.
          if (role === 'self-test') return queueMicrotask(() => listener({ kind: 'test-failed', reason: 'for tests' }))
          answer = listener
          tell = listener
          queueMicrotask(() => listener({ kind: 'ready', backend: 'wasm' }))
        },
        onExit: () => {},
        kill: () => {},
        send(message) {
          if (message.kind === 'cancel') answer({ kind: 'cancelled', taskId: message.taskId })
          if (message.kind === 'pause') answer({ kind: 'paused', taskId: message.taskId })
          if (message.kind === 'finish') onFinish()
          if (message.kind !== 'run' || message.task.kind !== kind) return
          taken.push({ taskId: message.taskId, request: message.task.request as TaskOf<Kind>['request'] }) // of this kind
        },
      }
    },
  }
}
