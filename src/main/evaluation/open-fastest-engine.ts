import { openEngine } from '../compute/engines/backend.ts'
import { tensorflowEngine } from '../compute/engines/backend-tensorflow.ts'
import { wasmEngine } from '../compute/engines/engine-wasm.ts'

/** Sets the native engine where it is installed, else WebAssembly, in this process; returns its name. */
export async function openFastestEngine(enginesFolder: string | null): Promise<string> {
  const setting = { enginesFolder, hasWindows: false }
  const engine = tensorflowEngine.probe(setting).isPresent ? tensorflowEngine : wasmEngine
  return (await openEngine(engine, setting)).label
}
