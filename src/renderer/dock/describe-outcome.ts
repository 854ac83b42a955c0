import { assertNever } from '../../shared/base/assert.ts'
import type { JobOutcome } from '../../shared/contract/jobs.ts'
import { say } from '../messages/say.svelte.ts'
import { formatTaking } from '../ui/times.ts'

/** What a finished job came to, in a few words. */
export function describeOutcome(outcome: JobOutcome): string {
  switch (outcome.kind) {
    case 'import': {
      const imported = outcome.files.filter((file) => file.isImported).length
      const refused = outcome.files.length - imported
      return refused > 0 ? say.dock.filesAndRefused(imported, refused) : say.dock.files(imported)
    }
    case 'inspect': {
      const kept = outcome.clips.filter((clip) => clip.isKept).length
      return say.dock.clipsUsable(kept, outcome.clips.length)
    }
    case 'train-emotions':
      if (outcome.summary.method === 'statistics') return say.dock.inTime(formatTaking(outcome.summary.trainingSec))
      return say.dock.bestAtStep(outcome.summary.bestStep, formatTaking(outcome.summary.trainingSec))
    case 'train-vocoder':
    case 'train-translation':
    case 'train':
      return say.dock.bestAtStep(outcome.summary.bestStep, formatTaking(outcome.summary.trainingSec))
    case 'audition':
    case 'emotion-audition':
    case 'vocoder-audition':
      return say.dock.renderedToListen
    case 'convert':
      return outcome.wasCached ? say.dock.alreadyRendered : say.dock.inTime(formatTaking(outcome.report.renderSec))
    case 'export':
      return say.dock.files(outcome.files.length)
    case 'engine-check':
      return say.dock.measured
    case 'engine-install':
      return say.dock.installedAndTried
    default:
      return assertNever(outcome)
  }
}
