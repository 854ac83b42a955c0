import { FailureError } from '../../../src/shared/base/errors.ts'
import type { Random } from '../../../src/shared/base/random.ts'
import type { Request } from '../../../src/shared/contract/verbs.ts'
import { wholeSource } from '../../support/studio.ts'
import type { Stage } from '../stage.ts'
import type { Act } from './act.ts'

const SHORTEST_SAMPLES = 6000
const SPREAD_SAMPLES = 12_000

/** A part of the lead by one of the shipped singers: another one each time, so that it must be made. */
export function drawConversion(stage: Stage, random: Random): Request<'project:convert'> {
  const [lead] = stage.sources
  const durationSamples = SHORTEST_SAMPLES + random.integer(SPREAD_SAMPLES)
  const sourceStartSamples = random.integer(lead.durationSamples - durationSamples)
  const singers = [...stage.ledger.singers]
  const singer = { id: singers[random.integer(singers.length)] }
  return wholeSource(stage, lead, singer, { sourceStartSamples, durationSamples })
}

export async function convertPart(stage: Stage, request: Request<'project:convert'>): Promise<void> {
  const job = await stage.done(stage.ask('project:convert', request))
  if (job.failure) throw new FailureError(job.failure)
  if (job.outcome?.kind === 'convert') stage.ledger.renders.set(job.outcome.render.key, request)
}

export const convert: Act = {
  name: 'convert',
  weight: 5,
  run: (stage, random) => convertPart(stage, drawConversion(stage, random)),
}
