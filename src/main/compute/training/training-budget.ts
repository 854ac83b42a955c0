import { freemem } from 'node:os'
import type { EngineId } from '../../../shared/contract/engines.ts'

/** The rest is for the window, the audio and the other worker. */
const SHARE_OF_FREE = 0.5
/** WebAssembly addresses four gigabytes; beyond that it aborts. */
const WASM_BYTES = 3.5e9

/**
 * What one training step may take in an engine's memory; null where it lies on a device that does not tell how much it
 * has: there the batch is halved only when memory runs out.
 */
export function trainingBudgetBytes(engine: EngineId): number | null {
  if (engine === 'webgpu' || engine === 'webgpu-window') return null
  const free = SHARE_OF_FREE * freemem()
  return engine === 'wasm' ? Math.min(free, WASM_BYTES) : free
}
