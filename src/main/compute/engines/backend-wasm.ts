import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm'
import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import { createShardedWork } from '../../../shared/networks/spectral-autoencoder/sharded-work.ts'
import { createShardThreads, shardThreadCount } from '../shards/shard-threads.ts'
import type { LoadedEngine } from './compute-engine.ts'

export const wasmVersion = version_wasm

/** Tells the backend where its binaries lie; setting the backend then loads them. */
export function prepareWasm(): void {
  setWasmPaths(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')) + sep)
}

/** A training's batch shared out to threads: the backend's own don't run in Node. */
export function createWasmWork(threadCount = shardThreadCount()): Pick<Required<LoadedEngine>, 'work' | 'leak'> {
  const threads = createShardThreads({ engine: 'wasm' })
  return { work: createShardedWork(threads.run, threadCount), leak: () => threads.leak() }
}
