/** Kernels keep constants of their own below this. */
const FIRST_BYTE = 4096
/** Lines of a processor's cache, so that two threads do not write to one. */
const ALIGNMENT = 64
const PAGE_BYTES = 65536

type Placed = Float64Array | Float32Array | Uint32Array | Int32Array | Int16Array | Int8Array | Uint8Array

/** Where things lie in a memory that does not exist yet. */
export interface Arena {
  /** Its offset; the contents are written by `write`. */
  place(values: Placed): number
  /** Room that starts with zeros. */
  reserve(bytes: number): number
  readonly pages: number
  write(memory: ArrayBufferLike): void
}

export function createArena(): Arena {
  const placed: { readonly at: number; readonly values: Placed }[] = []
  let end = FIRST_BYTE
  const reserve = (bytes: number): number => {
    const at = ALIGNMENT * Math.ceil(end / ALIGNMENT)
    end = at + bytes
    return at
  }
  return {
    reserve,
    place(values) {
      const at = reserve(values.byteLength)
      placed.push({ at, values })
      return at
    },
    get pages() {
      return Math.ceil(end / PAGE_BYTES)
    },
    write(memory) {
      for (const { at, values } of placed)
        new Uint8Array(memory, at, values.byteLength).set(
          new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
        )
    },
  }
}
