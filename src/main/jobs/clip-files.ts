import { basename } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { SourceId } from '../../shared/base/id.ts'
import { failed, ok, type Result } from '../../shared/base/result.ts'
import { openWavReader } from '../files/wav-file.ts'
import type { Clip } from '../library/clips.ts'

/** For a library that is built again: what a clip's file says of itself. Its first name is lost with the old library. */
export async function describeStoredClip(path: string): Promise<Result<Clip>> {
  const id = basename(path, '.wav')
  if (!/^[0-9a-f]{64}$/.test(id)) {
    return failed(failure('audio-unreadable', `The clip ${basename(path)} is not named by the hash of its bytes.`))
  }
  try {
    const reader = openWavReader(path)
    reader.close()
    return ok({
      id: id as SourceId, // found to be a hash
      fileName: `${id.slice(0, 8)}.wav`,
      durationSamples: reader.durationSamples,
      rateHz: reader.rateHz,
      addedAtMs: Date.now(),
      verdict: null,
    })
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    return failed(cause.failure)
  }
}
