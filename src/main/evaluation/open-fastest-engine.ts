import { openEngine, type Backend } from '../compute/engines/backend.ts'
import { tensorflowEngine } from '../compute/engines/backend-tensorflow.ts'
import { wasmEngine } from '../compute/engines/engine-wasm.ts'

/** The native engine where it is installed, else WebAssembly; its `work`, where it has one, computes elsewhere. */
export function openFastestEngine(enginesFolder: string | null): Promise<Backend> {
  const setting = { enginesFolder, hasWindows: false }
  const engine = tensorflowEngine.probe(setting).isPresent ? tensorflowEngine : wasmEngine
  return openEngine(engine, setting)
}
