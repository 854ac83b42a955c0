import { failure, FailureError } from '../../shared/base/errors.ts'
import type { ClipVerdict } from '../../shared/contract/jobs.ts'
import type { ClipFault } from '../../shared/screening/finding.ts'
import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { followJob } from './follow-job.ts'
import { request } from './request.ts'

/** So many files are checked in one go. */
const CHECKED_TOGETHER = 400

/** A recording of a folder that is about to be checked. */
interface Recording {
  /** Below the folder. */
  readonly path: string
  readonly absolutePath: string
}

interface CheckedOptions {
  readonly json?: boolean
  /** Faults that leave no recording out; missing, that it is somebody else's. */
  readonly isFine?: (fault: ClipFault) => boolean
}

/**
 * Takes recordings into the library and gives back those that the doctor lets through, with their clips; that they are
 * several people's is as it should be. Throws FailureError where none is left.
 */
export async function checkedRecordings<Kind extends Recording>(
  application: Application,
  recordings: readonly Kind[],
  { json, isFine = (fault) => fault === 'other-singer' }: CheckedOptions,
  context: CommandContext,
): Promise<readonly (Kind & Pick<ClipVerdict, 'clipId'>)[]> {
  const kept: (Kind & Pick<ClipVerdict, 'clipId'>)[] = []
  for (let first = 0; first < recordings.length; first += CHECKED_TOGETHER) {
    const some = recordings.slice(first, first + CHECKED_TOGETHER)
    const files = some.map(({ absolutePath }) => ({ kind: 'path' as const, path: absolutePath }))
    const { jobId } = await request(application, 'singer:inspectClips', { files })
    const { clips } = await followJob(application, jobId, 'inspect', context)
    for (const [index, verdict] of clips.entries()) {
      const fault = verdict.findings.find(({ isSevere, fault }) => isSevere && !isFine(fault))
      if (fault === undefined) kept.push({ ...some[index], clipId: verdict.clipId })
      else if (json !== true) context.terminal.writeAside(`skip  ${some[index].path}: ${fault.words}\n`)
    }
  }
  if (kept.length > 0) return kept
  throw new FailureError(failure('clips-too-few', `None of the ${recordings.length} clips can be learned from.`))
}
