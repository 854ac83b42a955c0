import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect } from 'vitest'
import type { TrainRequest } from '../../src/shared/contract/compute.ts'
import { createScriptedWorker, type ScriptedWorker } from './scripted-worker.ts'
import { writeUntrainedSinger } from './sound-files.ts'

export interface ScriptedTrainer extends Pick<ScriptedWorker<'train'>, 'fork' | 'taken'> {
  /** The running training reaches a checkpoint: its singer file is written, a point of the curve told. */
  checkpoint(step: number, fraction: number): void
  /** The running training comes to its end. */
  complete(): void
}

const singersOf = (request: TrainRequest) => [request, ...(request.beside ?? [])]

/** A training worker that learns nothing and obeys at once: for claims about what happens around a training. */
export function createScriptedTrainer(): ScriptedTrainer {
  const worker = createScriptedWorker('train', () => complete())
  const last = () => worker.taken.at(-1) ?? expect.fail('no training was started')
  const writeSingers = () => {
    for (const { singerPath, name } of singersOf(last().request)) {
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
    worker.tell({ kind: 'done', taskId: last().taskId, result: { kind: 'train', summary, ...range } })
  }
  return {
    ...worker,
    complete,
    checkpoint(step, fraction) {
      const { taskId, request } = last()
      writeSingers()
      worker.tell({ kind: 'progress', taskId, fraction, phase: `step ${step} of 700` })
      const point = { step, trainLoss: 0.3, heldOutLoss: 0.4, auditionId: null }
      singersOf(request).forEach((_, singerIndex) =>
        worker.tell({ kind: 'training-point', taskId, point, singerIndex }),
      )
    },
  }
}
