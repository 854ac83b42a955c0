import type { Request, Response } from '../../shared/contract/verbs.ts'
import { traitsOf } from '../../shared/project/converters.ts'
import { USUAL_ANALYSIS_FACTOR } from '../compute/training/translation/domain-needs.ts'
import { askWorker } from './ask-worker.ts'
import type { JobContext } from './job-context.ts'
import { requirePerformer } from './performers.ts'

/**
 * How long those who draw samples will take, from a moment of it; null for whoever is quick. Throws FailureError
 * `singer-unknown`, and what a worker throws.
 */
export async function estimateConversion(
  { performerId, durationSec }: Request<'project:estimateConversion'>,
  context: JobContext,
): Promise<Response<'project:estimateConversion'>> {
  const { card, path } = await requirePerformer(performerId, context)
  if (!traitsOf(card).drawsSamples) return { sec: null }
  const { pool, engine } = context
  const { sec } = await askWorker(pool, { kind: 'estimate', request: { singerPath: path, durationSec } })
  if (sec === null) return { sec }
  // The sound is read twice beside: for its own melody, and for the render's.
  return { sec: sec + (2 * durationSec) / ((await engine.analysisFactor()) ?? USUAL_ANALYSIS_FACTOR) }
}
