import { wholeBatch, type BatchUse } from '../batch-use.ts'
import { partsOfBatch } from './batch-parts.ts'
import type { TensorWork } from './tensor-work.ts'
import type { TrainingBatch } from './training-batch.ts'
import type { Losses, Network } from './training-step.ts'

/**
 * Items of a shard. How a batch is cut never depends on how many threads there are, so that the same seed learns the
 * same on every machine. Smaller shards serve more threads, and each costs its share of a step again.
 */
export const SHARD_ITEMS = 2

/** Computes jobs wherever it can, so many at once; answers in the order of the jobs. */
export type RunShards = <Found>(
  jobs: readonly ((work: TensorWork) => Promise<Found>)[],
  atOnce: number,
) => Promise<Found[]>

/**
 * A batch's losses and gradient from its shards, which are computed side by side and added in their order: equal to
 * the whole batch's up to rounding, and the same bits for any number of threads.
 * @param most shards that are computed at once
 */
export function createShardedWork(run: RunShards, most: number): TensorWork {
  const share = createSharing()
  /** Memory that is short is shared out: first fewer threads, then fewer items in each. */
  const planned = (shards: readonly TrainingBatch[], { itemsAtOnce, recomputes }: BatchUse) => {
    const atOnce = Math.min(most, shards.length, Math.max(1, Math.floor(itemsAtOnce / SHARD_ITEMS)))
    return { atOnce, use: { itemsAtOnce: Math.max(1, Math.floor(itemsAtOnce / atOnce)), recomputes } }
  }
  return {
    async lossAndGradient(network, weights, batch, isTrained, use = wholeBatch) {
      const shards = partsOfBatch(share.batch(batch), SHARD_ITEMS)
      const shared = share.weights(weights)
      const plan = planned(shards, use)
      const jobs = shards.map(
        (shard) => (work: TensorWork) => work.lossAndGradient(network, shared, shard, isTrained, plan.use),
      )
      const found = await run(jobs, plan.atOnce)
      const [gradient, ...others] = found.map((one) => one.gradient)
      for (const other of others) addInPlace(gradient, other)
      return { losses: sumLosses(found.map(({ losses }) => losses)), gradient }
    },
    async measureLoss(network, weights, batch, use = wholeBatch) {
      const shards = partsOfBatch(share.batch(batch), SHARD_ITEMS)
      const shared = share.weights(weights)
      const plan = planned(shards, use)
      const jobs = shards.map((shard) => (work: TensorWork) => work.measureLoss(network, shared, shard, plan.use))
      return sumLosses(await run(jobs, plan.atOnce))
    },
    async measureItemPeak(network: Network, weights, batch, recomputes) {
      const [peak] = await run([(work) => work.measureItemPeak(network, weights, batch, recomputes)], 1)
      return peak
    },
  }
}

function addInPlace(total: Float32Array, more: Float32Array): void {
  for (let i = 0; i < total.length; i++) total[i] += more[i]
}

function sumLosses(shards: readonly Losses[]): Losses {
  const sum = (name: keyof Losses) => shards.reduce((total, losses) => total + losses[name], 0)
  return { 'shape/l1': sum('shape/l1'), 'delta/1': sum('delta/1'), 'delta/4': sum('delta/4'), total: sum('total') }
}

/** Lays a step's numbers where all threads see them, in the same place at each step. */
function createSharing() {
  const places = new Map<string, Float32Array>()
  const share = (name: string, values: Float32Array): Float32Array => {
    const known = places.get(name)
    const place = known?.length === values.length ? known : new Float32Array(new SharedArrayBuffer(4 * values.length))
    places.set(name, place)
    place.set(values)
    return place
  }
  return {
    weights: (weights: Float32Array) => share('weights', weights),
    batch: (batch: TrainingBatch): TrainingBatch => ({
      ...batch,
      encoderInput: share('encoderInput', batch.encoderInput),
      auxiliary: share('auxiliary', batch.auxiliary),
      target: share('target', batch.target),
    }),
  }
}
