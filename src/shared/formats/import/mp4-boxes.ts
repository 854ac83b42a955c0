import { decodeLatin } from '../text.ts'
import type { ReadBytes } from '../wav/parse-header.ts'

/** A box of the ISO base media file format (ISO/IEC 14496-12): where its body lies. */
export interface Box {
  readonly type: string
  readonly startBytes: number
  readonly endBytes: number
}

/** No honest file has more beside each other. */
const MOST_BOXES = 10_000

/** The boxes between two places. The last one may end beyond `endBytes`: the file was cut off. */
export function readBoxes(readBytes: ReadBytes, startBytes: number, endBytes: number): Box[] {
  const boxes: Box[] = []
  let position = startBytes
  while (position + 8 <= endBytes && boxes.length < MOST_BOXES) {
    const head = readBytes(position, 16)
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    const shortSize = view.getUint32(0)
    const isLong = shortSize === 1 && head.length === 16
    const sizeBytes = shortSize === 0 ? endBytes - position : isLong ? Number(view.getBigUint64(8)) : shortSize
    const headBytes = isLong ? 16 : 8
    if (sizeBytes < headBytes) break
    const type = decodeLatin(head.subarray(4, 8))
    boxes.push({ type, startBytes: position + headBytes, endBytes: position + sizeBytes })
    position += sizeBytes
  }
  return boxes
}

/** An index in memory, box by box. Null where a box is missing or ends outside of its parent. */
export interface BoxTree {
  readonly bytes: Uint8Array
  readonly view: DataView
  child(type: string): BoxTree | null
  children(type: string): readonly BoxTree[]
}

export function boxTree(bytes: Uint8Array): BoxTree {
  const readBytes: ReadBytes = (start, count) => bytes.subarray(start, start + count)
  const children = (type: string): BoxTree[] =>
    readBoxes(readBytes, 0, bytes.length)
      .filter((box) => box.type === type && box.endBytes <= bytes.length)
      .map((box) => boxTree(bytes.subarray(box.startBytes, box.endBytes)))
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    children,
    child: (type) => children(type)[0] ?? null,
  }
}
