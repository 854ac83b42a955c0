import type { Application } from '../application.ts'
import type { CommandContext } from './command-context.ts'
import { followJob } from './follow-job.ts'
import { describeTraining } from './training-words.ts'

/** Follows a training of a waveform model to its end and says what it came to. */
export async function tellTraining(
  application: Application,
  jobId: Parameters<typeof followJob>[1],
  { json }: { readonly json?: boolean },
  context: CommandContext,
): Promise<void> {
  const { singerId, summary } = await followJob(application, jobId, 'train', context)
  if (json === true) context.terminal.write(`${JSON.stringify({ ok: true, singerId, summary })}\n`)
  else context.terminal.write(describeTraining(summary.singers?.[0].name ?? '', summary))
}
