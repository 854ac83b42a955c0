/** The part of WebAssembly that the kernels use; the pure rooms compile without the browser's library. */
declare namespace WebAssembly {
  interface Module {
    /** A module has no members that anybody reads. */
    readonly members?: never
  }
  interface Instance {
    readonly exports: unknown
  }
  interface Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  const Module: { new (bytes: Uint8Array<ArrayBuffer>): Module }
  const Instance: { new (module: Module, imports?: { readonly env: { readonly memory: Memory } }): Instance }
  const Memory: { new (size: { initial: number; maximum: number; shared: true }): Memory }
  /** Does this machine know all that the module is made of? */
  function validate(bytes: Uint8Array<ArrayBuffer>): boolean
}
