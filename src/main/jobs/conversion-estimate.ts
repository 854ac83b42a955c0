import type { Request, Response } from '../../shared/contract/verbs.ts'
import { traitsOf } from '../../shared/project/converters.ts'
import { USUAL_ANALYSIS_FACTOR } from '../compute/training/translation/domain-needs.ts'
import { askWorker } from './ask-worker.ts'
import type { JobContext } from './job-context.ts'
import { requirePerformer } from './performers.ts'

type Estimate = Response<'project:estimateConversion'>

/** What is known of a checkpoint on this machine, by its digest and the length that was asked for. */
const known = new Map<string, Promise<Estimate>>()
const MOST_KNOWN = 200

/**
 * How long those who draw samples will take, from a moment of it; null for whoever is quick. Throws FailureError
 * `singer-unknown`, and what a worker throws.
 */
export async function estimateConversion(
  { performerId, durationSec }: Request<'project:estimateConversion'>,
  context: JobContext,
): Promise<Estimate> {
  const { card, path } = await requirePerformer(performerId, context)
  if (!traitsOf(card).drawsSamples) return { sec: null }
  const key = `${card.digest} ${durationSec}`
  const before = known.get(key)
  if (before !== undefined) return before
  const asked = estimate(path, durationSec, context)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(key, asked)
  asked.catch(() => known.delete(key))
  return asked
}

/** The sound is read twice beside: for its own melody, and for the render's. */
async function estimate(singerPath: string, durationSec: number, { pool, engine }: JobContext): Promise<Estimate> {
  const { sec } = await askWorker(pool, { kind: 'estimate', request: { singerPath, durationSec } })
  if (sec === null) return { sec }
  return { sec: sec + (2 * durationSec) / ((await engine.analysisFactor()) ?? USUAL_ANALYSIS_FACTOR) }
}
