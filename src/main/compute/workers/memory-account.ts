import { engine, memory } from '@tensorflow/tfjs-core'
import type { Leak } from '../../../shared/networks/remote/messages.ts'

/**
 * Counts the engine's tensors before a task; closing it says how many more there are.
 * @param elsewhere what tasks left behind until now where the engine's tensors are not in this thread
 */
export function openAccount(elsewhere: () => Leak = () => NOTHING): {
  close(): Leak & { readonly heldTensors: number }
} {
  const before = sumOf(counted(), elsewhere())
  return {
    close() {
      const after = sumOf(counted(), elsewhere())
      return {
        tensors: Math.max(0, after.tensors - before.tensors),
        bytes: Math.max(0, after.bytes - before.bytes),
        heldTensors: after.tensors,
      }
    },
  }
}

const NOTHING: Leak = { tensors: 0, bytes: 0 }
const sumOf = (a: Leak, b: Leak): Leak => ({ tensors: a.tensors + b.tensors, bytes: a.bytes + b.bytes })

/** Where no engine is set there is nothing to count. */
function counted(): Leak {
  if (engine().backendName === '' || engine().backendName === null) return NOTHING
  const { numTensors, numBytes } = memory()
  return { tensors: numTensors, bytes: numBytes }
}
