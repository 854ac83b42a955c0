import { ADTS_HEAD_BYTES, parseAdtsHead } from '../../../shared/formats/import/adts.ts'
import type { ByteFile } from './byte-file.ts'

/** What no head can begin with is passed over as far as this: tags between frames, and the rest of a cut one. */
const SEARCH_BYTES = 65_536

/** The frames of a bare AAC stream without their heads; ends where no further whole one is found. */
export function* adtsFrames(file: Pick<ByteFile, 'read' | 'sizeBytes'>, startBytes: number): Generator<Uint8Array> {
  let position = startBytes
  for (;;) {
    const at = findHead(file, position)
    if (at === null) return
    const head = parseAdtsHead(file.read(at, ADTS_HEAD_BYTES))
    if (head === null || at + head.sizeBytes > file.sizeBytes) return
    yield file.read(at + head.headBytes, head.sizeBytes - head.headBytes)
    position = at + head.sizeBytes
  }
}

function findHead(file: Pick<ByteFile, 'read' | 'sizeBytes'>, from: number): number | null {
  if (parseAdtsHead(file.read(from, ADTS_HEAD_BYTES)) !== null) return from
  const bytes = file.read(from, SEARCH_BYTES)
  for (let at = 1; at + ADTS_HEAD_BYTES <= bytes.length; at++) {
    const head = parseAdtsHead(bytes.subarray(at, at + ADTS_HEAD_BYTES))
    // A head counts only where the next one begins where it says, or the file ends there.
    if (head === null) continue
    const next = file.read(from + at + head.sizeBytes, ADTS_HEAD_BYTES)
    if (next.length === 0 || parseAdtsHead(next) !== null) return from + at
  }
  return null
}
