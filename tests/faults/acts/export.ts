import { FailureError } from '../../../src/shared/base/errors.ts'
import type { Request } from '../../../src/shared/contract/verbs.ts'
import { songAt } from '../song.ts'
import type { Stage } from '../stage.ts'
import type { Act } from './act.ts'

export async function exportSong(stage: Stage): Promise<void> {
  const options: Request<'project:export'>['options'] = {
    what: 'mix',
    regionIds: [],
    encoding: 'float32',
    rateHz: null,
    start: 'zero',
    channels: 'mono',
    nameTemplate: '{song}',
    folder: stage.outFolder,
    writesMetadata: true,
    writesReport: true,
    writesSession: false,
  }
  const { projectId, sources } = stage
  const document = { ...songAt(0, projectId, sources), name: `Mix ${stage.ledger.nextNumber()}` }
  const job = await stage.done(stage.ask('project:export', { projectId, document, options }))
  if (job.failure) throw new FailureError(job.failure)
  const files = job.outcome?.kind === 'export' ? job.outcome.files : []
  for (const { path, durationSamples } of files) stage.ledger.exports.set(path, durationSamples)
}

export const exportMix: Act = { name: 'export', weight: 2, run: exportSong }
