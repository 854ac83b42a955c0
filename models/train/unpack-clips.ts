import { basename, join } from 'node:path'
import { clipPaths } from '../../src/main/commands/clip-paths.ts'
import { unpackRecording } from '../../src/main/evaluation/unpack-recording.ts'
import type { SourceId } from '../../src/shared/base/id.ts'

/** A recording as trainings take it. */
export interface UnpackedClip {
  readonly clipId: SourceId
  readonly fileName: string
  readonly path: string
}

/**
 * A folder's recordings, unpacked for a training; each `leftOut`-th, in the order of their names, is kept for the
 * evaluation. Throws FailureError as reading does.
 */
export async function unpackClips(folder: string, leftOut: number, workFolder: string): Promise<UnpackedClip[]> {
  const clips: UnpackedClip[] = []
  for (const path of (await clipPaths(folder)).filter((_, index) => index % leftOut !== leftOut - 1)) {
    const { recordingId, path: unpacked } = await unpackRecording(path, join(workFolder, 'recordings'))
    // A hash, as the library's ids are.
    clips.push({ clipId: recordingId as SourceId, fileName: basename(path), path: unpacked })
  }
  return clips
}
