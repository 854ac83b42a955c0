/** What every kernel exports besides its own functions. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory
  /** First byte that the caller may lay arrays out from. */
  heapBase(): number
}

const pageBytes = 65536

/** Kernels import nothing. `Exports` describes what the kernel's AssemblyScript source exports. */
export function instantiateKernel<Exports extends KernelExports>(
  module: WebAssembly.Module | Uint8Array<ArrayBuffer>,
): Exports {
  const compiled = module instanceof Uint8Array ? new WebAssembly.Module(module) : module
  // The caller names the kernel's source and its exports together; WebAssembly itself has no static types.
  return new WebAssembly.Instance(compiled).exports as unknown as Exports
}

/** Grows the memory to at least `bytes`; views made before are void afterwards. */
export function reserveBytes(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes))
}
