import { existsSync } from 'node:fs'
import type { Request } from '../../shared/contract/verbs.ts'
import { checkpointShelf } from '../compute/training/checkpoint-shelf.ts'
import { computeStep } from './compute-step.ts'
import { cutHeardClip, modelAuditionPath, modelCheckpointGone, originalAuditionId } from './heard-clip.ts'
import type { JobContext } from './job-context.ts'
import { vocoderWorkFolder } from './vocoder-files.ts'
import type { RunEnd, Work } from './work.ts'

/** The same noise for every checkpoint: what is heard to differ is what was learned. */
const SEED = 1

/** A recording as a checkpoint of a vocoder sings it from its own features; once for each. */
export function vocoderAuditionWork(
  { vocoderId, step, clipId }: Request<'vocoder:hearCheckpoint'>,
  context: JobContext,
): { readonly work: Work; readonly done: RunEnd | null } {
  const folder = vocoderWorkFolder(vocoderId, context.paths)
  const auditionId = `clip-${clipId.slice(0, 16)}-step-${step}`
  const originalId = originalAuditionId(clipId)
  const [path, originalPath] = [auditionId, originalId].map((id) => modelAuditionPath(folder, id))
  const checkpointPath = checkpointShelf(folder, 'vocoder').pathOf(step)
  const isThere = existsSync(path) && existsSync(originalPath)
  if (!isThere && !existsSync(checkpointPath))
    throw modelCheckpointGone(step, 'the best, the last three and some on the way')
  const done: RunEnd = { kind: 'done', outcome: { kind: 'vocoder-audition', vocoderId, auditionId, originalId } }
  return {
    done: isThere ? done : null,
    work: {
      kind: 'audition',
      title: `Step ${step} sings a recording`,
      subject: { kind: 'vocoder', vocoderId },
      lane: 'interactive',
      priority: 'selected',
      shareKey: `vocoder-audition/${vocoderId}/${auditionId}`,
      replaceKey: null,
      run: async (control) => {
        await cutHeardClip(clipId, folder, context)
        const request = { sourcePath: originalPath, vocoderPath: checkpointPath, outPath: path, seed: SEED }
        const end = await computeStep(context.pool, 'interactive', { kind: 'copy-synthesis', request }, control)
        return end.kind === 'paused' ? end : done
      },
    },
  }
}
