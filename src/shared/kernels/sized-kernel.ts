import { instantiateKernel, type AllocatingExports, type KernelModule } from './instance.ts'
import { createKernelMemory, type KernelMemory } from './kernel-memory.ts'

/** A kernel with the rooms that sounds of up to `capacity` samples need. */
export interface SizedKernel<Exports extends AllocatingExports> {
  readonly kernel: Exports
  readonly memory: KernelMemory
  readonly capacity: number
}

/**
 * For kernels that work on a whole window of sound at once: a longer window than ever before gets a new instance, and
 * the old one's memory is given back, which a kernel alone can't do. Instances are a matter of microseconds.
 */
export function createSizedKernel<Exports extends AllocatingExports>(
  module: KernelModule,
): (samples: number) => SizedKernel<Exports> {
  const compiled = module instanceof Uint8Array ? new WebAssembly.Module(module) : module
  let held: SizedKernel<Exports> | null = null
  return (samples) => {
    if (held !== null && samples <= held.capacity) return held
    const kernel = instantiateKernel<Exports>(compiled)
    held = { kernel, memory: createKernelMemory(kernel), capacity: samples }
    return held
  }
}
