import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { StartWorker } from '../../src/main/compute/workers/worker-process.ts'
import type { FromWorker, TrainRequest } from '../../src/shared/contract/compute.ts'
import { writeUntrainedSinger } from './sound-files.ts'

export interface ScriptedTrainer {
  readonly fork: StartWorker
  /** Requests of the trainings that were started, oldest first. */
  readonly started: readonly TrainRequest[]
  /** The running training reaches a checkpoint: its singer file is written, a point of the curve told. */
  checkpoint(step: number, fraction: number): void
  /** The running training comes to its end. */
  complete(): void
}

const singersOf = (request: TrainRequest) => [request, ...(request.beside ?? [])]

/** A training worker that learns nothing and obeys at once: for claims about what happens around a training. */
export function createScriptedTrainer(): ScriptedTrainer {
  const started: TrainRequest[] = []
  let tell: (message: FromWorker) => void = () => {}
  let taskId = ''
  const last = () => {
    const request = started.at(-1)
    if (!request) throw new Error('no training was started')
    return request
  }
  const writeSingers = () => {
    for (const { singerPath, name } of singersOf(last())) {
      mkdirSync(dirname(singerPath), { recursive: true })
      writeUntrainedSinger(singerPath, name)
    }
  }
  const complete = () => {
    writeSingers()
    const summary = {
      stepCount: 700,
      bestStep: 600,
      bestHeldOutLoss: 0.1,
      stoppedEarly: false,
      trainingSec: 60,
      backend: 'wasm',
    }
    const range = { lowestHz: 110, highestHz: 220, medianHz: 150, trainedFromSec: 1.5, singerDigest: '' }
    tell({ kind: 'done', taskId, result: { kind: 'train', summary, ...range } })
  }
  return {
    started,
    complete,
    checkpoint(step, fraction) {
      writeSingers()
      tell({ kind: 'progress', taskId, fraction, phase: `step ${step} of 700` })
      const point = { step, trainLoss: 0.3, heldOutLoss: 0.4, auditionId: null }
      singersOf(last()).forEach((_, singerIndex) => tell({ kind: 'training-point', taskId, point, singerIndex }))
    },
    fork: (_workerPath, role) => ({
      onMessage(listener) {
        // Engines are not what such tests are about: none but the one that is always there passes.
        if (role === 'self-test') return queueMicrotask(() => listener({ kind: 'test-failed', reason: 'for tests' }))
        tell = listener
        queueMicrotask(() => tell({ kind: 'ready', backend: 'wasm' }))
      },
      onExit: () => {},
      kill: () => {},
      send(message) {
        if (message.kind === 'cancel') tell({ kind: 'cancelled', taskId: message.taskId })
        if (message.kind === 'pause') tell({ kind: 'paused', taskId: message.taskId })
        if (message.kind === 'finish') complete()
        if (message.kind !== 'run' || message.task.kind !== 'train') return
        taskId = message.taskId
        started.push(message.task.request)
      },
    }),
  }
}
