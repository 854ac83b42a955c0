import { concatenated } from '../../../src/shared/base/concatenated.ts'
import type { Random } from '../../../src/shared/base/random.ts'
import { decodeLatin, encodeUtf8 } from '../../../src/shared/formats/text.ts'
import { extremeNumber, mutate } from '../engine/mutate.ts'
import { varyParts } from './parts.ts'

interface Box {
  readonly type: string
  readonly body: Uint8Array
  /** Empty where it holds no boxes. */
  readonly inner: readonly Box[]
}

const holders: readonly string[] = ['moov', 'trak', 'mdia', 'minf', 'stbl']
const noMaterial = { others: [new Uint8Array(4)], words: [] }

/** A change to the boxes of an MP4 file, at any depth, with sizes that are true, mostly. */
export function varyBoxes(file: Uint8Array, random: Random): Uint8Array | null {
  const boxes = boxesOf(file)
  if (boxes.length === 0) return null
  const varied = random.integer(20) === 0 ? nest(boxes, random) : vary(boxes, random)
  return concatenated(
    varied.map((box) => write(box, random)),
    Uint8Array,
  )
}

function vary(boxes: readonly Box[], random: Random): readonly Box[] {
  const at = random.integer(boxes.length)
  const { inner } = boxes[at]
  // Down, until something is changed.
  if (inner.length > 0 && random.integer(5) > 0)
    return boxes.toSpliced(at, 1, { ...boxes[at], inner: vary(inner, random) })
  return varyParts(
    boxes,
    random,
    (box) => ({ ...box, body: mutate(box.body, random, noMaterial) }),
    ({ body }) => body.length,
  )
}

/** Boxes in boxes in boxes. */
function nest(boxes: readonly Box[], random: Random): readonly Box[] {
  const depth = [10, 500, 20_000][random.integer(3)]
  let bytes: Uint8Array = new Uint8Array(8 * depth)
  const view = new DataView(bytes.buffer)
  for (let level = 0; level < depth; level++) {
    view.setUint32(8 * level, 8 * (depth - level))
    bytes.set(encodeUtf8(holders[random.integer(holders.length)]), 8 * level + 4)
  }
  if (random.integer(2) === 0) bytes = mutate(bytes, random, noMaterial)
  return boxes.map((box) =>
    box.type === 'moov' ? { ...box, inner: [], body: concatenated([bytes, box.body], Uint8Array) } : box,
  )
}

/** Deeper ones are changed as bytes. */
const DEEPEST = 12

function boxesOf(bytes: Uint8Array, depth = 0): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const boxes: Box[] = []
  for (let at = 0; at + 8 <= bytes.length && boxes.length < 500;) {
    const size = view.getUint32(at)
    if (size < 8 || at + size > bytes.length) return boxes
    const type = decodeLatin(bytes.subarray(at + 4, at + 8))
    const body = bytes.slice(at + 8, at + size)
    boxes.push({ type, body, inner: depth < DEEPEST && holders.includes(type) ? boxesOf(body, depth + 1) : [] })
    at += size
  }
  return boxes
}

function write({ type, body, inner }: Box, random: Random): Uint8Array {
  const held =
    inner.length > 0
      ? concatenated(
          inner.map((box) => write(box, random)),
          Uint8Array,
        )
      : body
  const head = new Uint8Array(8)
  const size = random.integer(200) === 0 ? extremeNumber(random) : held.length + 8
  new DataView(head.buffer).setUint32(0, size)
  head.set(
    Uint8Array.from(type, (letter) => letter.charCodeAt(0)),
    4,
  )
  return concatenated([head, held], Uint8Array)
}
