import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { tell } from '../../../shared/contract/told.ts'
import { because, type ComputeEngine } from './compute-engine.ts'

const PACKAGE = '@tensorflow/tfjs-backend-wasm'

/** Always there, on every system: what the program falls back to. */
export const wasmEngine: ComputeEngine = {
  id: 'wasm',
  label: 'WebAssembly',
  body: 'process',
  backendName: 'wasm',
  isHidden: false,
  probe: () => ({ isPresent: true, ...because(tell('always-there')), version: installedVersion(), driver: null }),
  async load() {
    const { createWasmWork, prepareWasm, wasmVersion } = await import('./backend-wasm.ts')
    prepareWasm()
    return { version: wasmVersion, device: cpus()[0]?.model ?? null, memoryBytes: null, ...createWasmWork() }
  },
}

function installedVersion(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve(PACKAGE))
  const description: unknown = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8'))
  const { version } = description as { readonly version?: unknown } // npm's own file
  return typeof version === 'string' ? version : null
}
