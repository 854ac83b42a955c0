/** What a kernel exports whose caller lays out its memory. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory
  /** First byte that the caller may lay arrays out from. */
  heapBase(): number
}

/** What kernels export that hand out their memory themselves: work space that outlives a call lies there too. */
export interface AllocatingExports {
  readonly memory: WebAssembly.Memory
  /** Byte offset of `bytes` of room, kept for good; grows the memory when needed. */
  allocate(bytes: number): number
}

/** A compiled kernel, or the bytes of one. */
export type KernelModule = WebAssembly.Module | Uint8Array<ArrayBuffer>

const pageBytes = 65536

/** Kernels import nothing. `Exports` describes what the kernel's AssemblyScript source exports. */
export function instantiateKernel<Exports extends KernelExports | AllocatingExports>(module: KernelModule): Exports {
  const compiled = module instanceof Uint8Array ? new WebAssembly.Module(module) : module
  // The caller names the kernel's source and its exports together; WebAssembly itself has no static types.
  return new WebAssembly.Instance(compiled).exports as unknown as Exports
}

/** Grows the memory to at least `bytes`; views made before are void afterwards. */
export function reserveBytes(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes))
}
