import { engine, findBackendFactory, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core'

/**
 * What V8, TensorFlow, Dawn and WebAssembly say where memory could not be had, or not in one piece; the last of them
 * only aborts.
 */
const MEMORY_WORDS =
  /out of memory|out-of-memory|\bOOM\b|resource ?exhausted|allocation failed|failed to allocate|invalid (typed )?array (buffer )?length|bad_alloc|exceeds the max buffer size|maximum storage buffer binding size|^Aborted\(/i

/** Whether a computation failed because it was too large for the engine. */
export const isOutOfMemory = (cause: unknown): boolean =>
  MEMORY_WORDS.test(cause instanceof Error ? cause.message : String(cause))

/**
 * Begins the engine that is set anew, because WebAssembly computes nothing any more once its memory ran out. Every
 * tensor is gone with it.
 */
export async function renewEngine(): Promise<void> {
  // Where the tensors are in a page none is set.
  const name: string | undefined = engine().backendName
  if (name === undefined) return
  const factory = findBackendFactory(name)
  removeBackend(name)
  registerBackend(name, factory)
  await setBackend(name)
}
