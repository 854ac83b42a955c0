import { memory } from '@tensorflow/tfjs-core'
import { engineProbes } from '../engine-probes/index.ts'
import { runProbe } from '../engine-probes/probe-run.ts'
import { createParameterLayout } from '../../nn/parameters.ts'
import { parameterShapes } from '../spectral-autoencoder/parameters.ts'
import { localWork } from '../spectral-autoencoder/tensor-work.ts'
import type { Network } from '../spectral-autoencoder/training-step.ts'
import type { FromRemote, Leak, NetworkSize, RemoteResult, RemoteTask, ToRemote } from './messages.ts'

/**
 * The task loop of a page or a thread: one task after the other, on the engine that is set. Whatever is thrown becomes
 * an answer; a task that was cancelled before its turn is not begun.
 * @param recover done after a task that threw, before that is answered
 * @returns what to call with each message
 */
export function serveWork(
  send: (message: FromRemote) => void,
  recover: (cause: unknown) => Promise<void> = async () => {},
): (message: ToRemote) => void {
  const cancelled = new Set<string>()
  let last: Promise<void> = Promise.resolve()
  async function answer(taskId: string, task: RemoteTask): Promise<void> {
    if (cancelled.delete(taskId)) return send({ kind: 'cancelled', taskId })
    const before = memory()
    try {
      const result = await perform(task)
      send({ kind: 'done', taskId, result, leak: leakSince(before) })
    } catch (cause) {
      await recover(cause)
      send({ kind: 'failed', taskId, message: cause instanceof Error ? cause.message : String(cause) })
    }
  }
  return (message) => {
    if (message.kind === 'cancel') cancelled.add(message.taskId)
    else last = last.then(() => answer(message.taskId, message.task))
  }
}

function leakSince(before: ReturnType<typeof memory>): Leak {
  const after = memory()
  return {
    tensors: Math.max(0, after.numTensors - before.numTensors),
    bytes: Math.max(0, after.numBytes - before.numBytes),
  }
}

async function perform(task: RemoteTask): Promise<RemoteResult> {
  switch (task.kind) {
    case 'gradient': {
      const { weights, batch, use } = task
      const trained = new Set(task.trained)
      const isTrained = (name: string) => trained.has(name)
      return {
        kind: 'gradient',
        ...(await localWork.lossAndGradient(open(task.network), weights, batch, isTrained, use)),
      }
    }
    case 'loss':
      return {
        kind: 'loss',
        losses: await localWork.measureLoss(open(task.network), task.weights, task.batch, task.use),
      }
    case 'peak': {
      const { network, weights, batch, recomputes } = task
      return { kind: 'peak', bytes: await localWork.measureItemPeak(open(network), weights, batch, recomputes) }
    }
    case 'probe': {
      const probe = engineProbes.find(({ id }) => id === task.id)
      if (probe === undefined) throw new Error(`there is no probe “${task.id}”`)
      return { kind: 'probe', run: await runProbe(probe, task.seed, task.stepCount, task.from) }
    }
  }
}

const open = ({ config, singerCount }: NetworkSize): Network => ({
  config,
  singerCount,
  layout: createParameterLayout(parameterShapes(config, singerCount)),
})
