import { createHash } from 'node:crypto'
import type { SourceId } from '../../shared/base/id.ts'
import type { Progress } from '../../shared/base/progress.ts'
import { throwIfCancelled } from '../../shared/base/progress.ts'
import { openByteFile } from './audio-stream/byte-file.ts'
import { breathe } from './breathe.ts'

const blockBytes = 2 ** 19

/** SHA-256 of a file's bytes, which is what a source is known by. Bounded memory. Throws FailureError. */
export async function hashFile(path: string, progress: Progress): Promise<SourceId> {
  const file = openByteFile(path)
  try {
    const hash = createHash('sha256')
    for (let start = 0; start < file.sizeBytes; start += blockBytes) {
      hash.update(file.read(start, blockBytes))
      progress.report(start / file.sizeBytes)
      await breathe()
      throwIfCancelled(progress)
    }
    return hash.digest('hex') as SourceId // the digest is what the brand means
  } finally {
    file.close()
  }
}
