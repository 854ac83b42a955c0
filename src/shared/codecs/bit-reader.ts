/**
 * The bits of a frame, the most significant first. Beyond the end it gives zeros and remembers that it did: whoever reads
 * a damaged frame asks once, at its end.
 */
export interface BitReader {
  /** An unsigned number of up to 32 bits. */
  read(bitCount: number): number
  /** The next bits (up to 24) as an unsigned number, without going on. */
  peek(bitCount: number): number
  skip(bitCount: number): void
  /** Another reader of the same frame. */
  at(positionBits: number): BitReader
  /** Goes on to the next whole byte. */
  align(): void
  /** Bits read so far, those beyond the end among them. */
  readonly positionBits: number
  /** Whether more was read than there is. */
  readonly isOverrun: boolean
}

export function createBitReader(bytes: Uint8Array, startBits = 0): BitReader {
  const sizeBits = bytes.length * 8
  let position = startBits

  function peek(bitCount: number): number {
    const at = position >>> 3
    const word = ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0
    return bitCount === 0 ? 0 : ((word << (position & 7)) >>> 0) >>> (32 - bitCount)
  }
  const skip = (bitCount: number): void => {
    position += bitCount
  }
  function readShort(bitCount: number): number {
    const value = peek(bitCount)
    position += bitCount
    return value
  }
  return {
    peek,
    skip,
    read: (bitCount) => (bitCount <= 24 ? readShort(bitCount) : readShort(bitCount - 16) * 65_536 + readShort(16)),
    at: (positionBits) => createBitReader(bytes, positionBits),
    align() {
      position = (position + 7) & ~7
    },
    get positionBits() {
      return position
    },
    get isOverrun() {
      return position > sizeBits
    },
  }
}
