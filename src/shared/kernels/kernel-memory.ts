import type { AllocatingExports } from './instance.ts'

/**
 * Named rooms in a kernel's memory, used again by every call: a room moves only when more is asked of it than ever
 * before, and then to twice the size, so the memory stops growing once it has seen the largest call.
 */
export interface KernelMemory {
  /** Byte offset of the room `name` with at least `bytes`; its old contents are void if it had to move. */
  room(name: string, bytes: number): number
  /** Views are void after the next call of `room` or of the kernel: make them anew. */
  f64(offset: number, length: number): Float64Array<ArrayBuffer>
  f32(offset: number, length: number): Float32Array<ArrayBuffer>
  i32(offset: number, length: number): Int32Array<ArrayBuffer>
  /** Copies `values` into the room `name`; its offset. */
  put(name: string, values: Float64Array | Float32Array | Int32Array): number
}

export function createKernelMemory({ memory, allocate }: AllocatingExports): KernelMemory {
  const rooms = new Map<string, { offset: number; bytes: number }>()
  const room = (name: string, bytes: number): number => {
    const known = rooms.get(name)
    if (known !== undefined && known.bytes >= bytes) return known.offset
    const size = Math.max(bytes, 2 * (known?.bytes ?? 0))
    const offset = allocate(size)
    rooms.set(name, { offset, bytes: size })
    return offset
  }
  const f64 = (offset: number, length: number) => new Float64Array(memory.buffer, offset, length)
  return {
    room,
    f64,
    f32: (offset, length) => new Float32Array(memory.buffer, offset, length),
    i32: (offset, length) => new Int32Array(memory.buffer, offset, length),
    put(name, values) {
      const offset = room(name, values.byteLength)
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
      new Uint8Array(memory.buffer, offset, bytes.length).set(bytes)
      return offset
    },
  }
}
