import { assert } from '../../base/assert.ts'
import { wholeBatch } from '../batch-use.ts'
import type { TensorWork } from '../spectral-autoencoder/tensor-work.ts'
import type { Network } from '../spectral-autoencoder/training-step.ts'
import type { NetworkSize, RemoteResult, RemoteTask } from './messages.ts'

/** Runs a task where the engine is. */
export type CallRemote = (task: RemoteTask) => Promise<RemoteResult>

/** A training's tensors in a page or a thread; what comes back is what the engine there gives. */
export const createRemoteWork = (call: CallRemote): TensorWork => ({
  async lossAndGradient(network, weights, batch, isTrained = () => true, use = wholeBatch) {
    const trained = network.layout.entries.map(({ name }) => name).filter(isTrained)
    const result = await call({ kind: 'gradient', network: sizeOf(network), weights, batch, trained, use })
    assert(result.kind === 'gradient', `a remote engine answered ${result.kind} to gradient`)
    return { losses: result.losses, gradient: result.gradient }
  },
  async measureLoss(network, weights, batch, use = wholeBatch) {
    const result = await call({ kind: 'loss', network: sizeOf(network), weights, batch, use })
    assert(result.kind === 'loss', `a remote engine answered ${result.kind} to loss`)
    return result.losses
  },
  async measureItemPeak(network, weights, batch, recomputes) {
    const result = await call({ kind: 'peak', network: sizeOf(network), weights, batch, recomputes })
    assert(result.kind === 'peak', `a remote engine answered ${result.kind} to peak`)
    return result.bytes
  },
})

const sizeOf = ({ config, singerCount }: Network): NetworkSize => ({ config, singerCount })
