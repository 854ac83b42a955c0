import type { BoxTree } from './mp4-boxes.ts'

/** Where one coded frame lies in a file. */
export interface FrameSpan {
  readonly startBytes: number
  readonly sizeBytes: number
}

/** A frame of more bytes is no sound. */
const LARGEST_FRAME_BYTES = 2 ** 20

/**
 * The frames of a track in their order, by its tables of sizes (`stsz`), chunks (`stsc`) and offsets (`stco`, `co64`)
 * (ISO/IEC 14496-12, 8.7). Ends at the first frame that is not wholly in the file, and where a table makes no sense:
 * frames never take more bytes together than the file has. Null without the tables.
 */
export function frameSpans(table: BoxTree, fileBytes: number): (() => Generator<FrameSpan>) | null {
  const sizes = table.child('stsz')
  const chunks = table.child('stsc')
  const offsets = table.child('stco') ?? table.child('co64')
  if (sizes === null || chunks === null || offsets === null) return null
  if (sizes.bytes.length < 12 || chunks.bytes.length < 8 || offsets.bytes.length < 8) return null
  const sameBytes = sizes.view.getUint32(4)
  const listed = Math.floor((sizes.bytes.length - 12) / 4)
  const frameCount = sameBytes === 0 ? Math.min(sizes.view.getUint32(8), listed) : sizes.view.getUint32(8)
  const sizeOf = (frame: number) => (sameBytes === 0 ? sizes.view.getUint32(12 + 4 * frame) : sameBytes)
  const offsetBytes = table.child('stco') === null ? 8 : 4
  const chunkCount = Math.min(offsets.view.getUint32(4), Math.floor((offsets.bytes.length - 8) / offsetBytes))
  const offsetOf = (chunk: number) =>
    offsetBytes === 4 ? offsets.view.getUint32(8 + 4 * chunk) : Number(offsets.view.getBigUint64(8 + 8 * chunk))
  const runCount = Math.min(chunks.view.getUint32(4), Math.floor((chunks.bytes.length - 8) / 12))
  const firstChunkOf = (run: number) => (run < runCount ? chunks.view.getUint32(8 + 12 * run) - 1 : Infinity)
  const framesPerChunk = (run: number) => chunks.view.getUint32(12 + 12 * run)

  return function* () {
    let frame = 0
    let run = 0
    let takenBytes = 0
    for (let chunk = 0; chunk < chunkCount && frame < frameCount; chunk++) {
      while (run + 1 < runCount && firstChunkOf(run + 1) <= chunk) run++
      if (runCount === 0 || firstChunkOf(run) > chunk) return
      let startBytes = offsetOf(chunk)
      for (let left = framesPerChunk(run); left > 0 && frame < frameCount; left--) {
        const sizeBytes = sizeOf(frame++)
        takenBytes += sizeBytes
        const isInside = startBytes + sizeBytes <= fileBytes && takenBytes <= fileBytes
        if (!isInside || sizeBytes === 0 || sizeBytes > LARGEST_FRAME_BYTES) return
        yield { startBytes, sizeBytes }
        startBytes += sizeBytes
      }
    }
  }
}
