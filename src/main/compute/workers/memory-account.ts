import { engine, memory } from '@tensorflow/tfjs-core'

export interface Leak {
  readonly leakedTensors: number
  readonly leakedBytes: number
}

/** Counts the engine's tensors before a task; closing it says how many more there are. */
export function openAccount(): { close(): Leak } {
  const before = counted()
  return {
    close() {
      const after = counted()
      return {
        leakedTensors: Math.max(0, after.tensors - before.tensors),
        leakedBytes: Math.max(0, after.bytes - before.bytes),
      }
    },
  }
}

/** Where no engine is set there is nothing to count. */
function counted(): { readonly tensors: number; readonly bytes: number } {
  if (engine().backendName === '' || engine().backendName === null) return { tensors: 0, bytes: 0 }
  const { numTensors, numBytes } = memory()
  return { tensors: numTensors, bytes: numBytes }
}
