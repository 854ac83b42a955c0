import { FailureError } from '../../shared/base/errors.ts'
import { isTruncated, parseWavHeader } from '../../shared/formats/wav/parse-header.ts'
import { openByteFile } from '../files/audio-stream/byte-file.ts'

/**
 * Whether a file can be opened and, for a WAV, holds all that its header promises: large copies are announced before
 * they end, and some systems give a file its full size first. Other kinds are judged when they are imported.
 */
export function isWhole(path: string): boolean {
  try {
    const file = openByteFile(path)
    try {
      if (file.sizeBytes === 0) return false
      if (!isRiff(file.read(0, 4))) return true
      const header = parseWavHeader(file.read, file.sizeBytes)
      return header.ok && !isTruncated(header.value)
    } finally {
      file.close()
    }
  } catch (error) {
    if (error instanceof FailureError) return false
    throw error
  }
}

const isRiff = (head: Uint8Array): boolean => ['RIFF', 'RF64', 'BW64'].includes(String.fromCharCode(...head))
