import { getBackend } from '@tensorflow/tfjs-core'
import { openEngine, type Backend } from '../engines/backend.ts'
import { wasmEngine } from '../engines/engine-wasm.ts'

/**
 * The engine that this process has tensors on. One whose tensors are all in a page leaves it without any; WebAssembly is
 * always there.
 */
export async function tensorsHere(backend: Backend): Promise<Backend> {
  const found: unknown = getBackend() // without one tfjs says undefined, whatever its types promise
  if (found !== undefined && found !== '') return backend
  return openEngine(wasmEngine, { enginesFolder: null, hasWindows: false })
}
