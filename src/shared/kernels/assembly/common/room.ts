/** Work space that is used again by every call, and moves to twice the size when more is asked of it than before. */
@unmanaged
export class Room {
  offset: usize = 0
  bytes: usize = 0
}

/** At least `bytes` in the room; its old contents are void if it had to move. */
export function reserve(room: Room, bytes: usize): usize {
  if (room.bytes < bytes) {
    room.bytes = max(bytes, 2 * room.bytes)
    room.offset = heap.alloc(room.bytes)
  }
  return room.offset
}
