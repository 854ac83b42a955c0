import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm'
import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'

export const wasmVersion = version_wasm

/** Tells the backend where its binaries lie; setting the backend then loads them. */
export function prepareWasm(): void {
  setWasmPaths(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')) + sep)
}
