/** Work space that is used again by every call, and moves to twice the size when more is asked of it than before. */
@unmanaged
export class WorkSpace {
  offset: usize = 0
  bytes: usize = 0
}

/** At least `bytes` in the space; its old contents are void if it had to move. */
export function reserve(space: WorkSpace, bytes: usize): usize {
  if (space.bytes < bytes) {
    space.bytes = max(bytes, 2 * space.bytes)
    space.offset = heap.alloc(space.bytes)
  }
  return space.offset
}
