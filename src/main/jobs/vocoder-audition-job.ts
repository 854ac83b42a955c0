import type { Request } from '../../shared/contract/verbs.ts'
import { computeStep } from './compute-step.ts'
import type { JobContext } from './job-context.ts'
import { modelAuditionWork } from './model-audition.ts'
import { vocoderWorkFolder } from './vocoder-files.ts'

/** The same noise for every checkpoint: what is heard to differ is what was learned. */
const SEED = 1

/** A recording as a checkpoint of a vocoder sings it from its own features; once for each. */
export const vocoderAuditionWork = (
  { vocoderId, step, clipId }: Request<'vocoder:hearCheckpoint'>,
  context: JobContext,
): ReturnType<typeof modelAuditionWork> =>
  modelAuditionWork(
    {
      kind: 'vocoder',
      modelId: vocoderId,
      workFolder: vocoderWorkFolder(vocoderId, context.paths),
      step,
      clipId,
      digest: clipId,
      kept: 'the best, the last three and some on the way',
      title: `Step ${step} sings a recording`,
      subject: { kind: 'vocoder', vocoderId },
      outcome: (auditionId, originalId) => ({ kind: 'vocoder-audition', vocoderId, auditionId, originalId }),
      make({ originalPath }, { path, checkpointPath }, control) {
        const request = { sourcePath: originalPath, vocoderPath: checkpointPath, outPath: path, seed: SEED }
        return computeStep(context.pool, 'interactive', { kind: 'copy-synthesis', request }, control)
      },
    },
    context,
  )
