import type { EngineId } from '../../../shared/contract/engines.ts'
import { cpuEngine } from './backend-cpu.ts'
import { tensorflowEngine } from './backend-tensorflow.ts'
import { webgpuWindowEngine } from './backend-webgpu-window.ts'
import { webgpuEngine } from './backend-webgpu.ts'
import type { ComputeEngine } from './compute-engine.ts'
import { wasmEngine } from './engine-wasm.ts'

/** Every engine, in the order they are shown. */
export const engines: readonly ComputeEngine[] = [
  tensorflowEngine,
  webgpuEngine,
  webgpuWindowEngine,
  wasmEngine,
  cpuEngine,
]

/** By its id, or by the tensor library's name for it, as `UNDERSTUDY_BACKEND` may say; undefined for an unknown one. */
export const findEngine = (name: string): ComputeEngine | undefined =>
  engines.find(({ id }) => id === name) ?? engines.find(({ backendName }) => backendName === name)

/** What is left when nothing else is. */
export const lastResort: EngineId = 'wasm'
