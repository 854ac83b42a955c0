import { assertNever } from '../../shared/base/assert.ts'
import type { JobOutcome } from '../../shared/contract/jobs.ts'
import { formatTaking } from '../ui/times.ts'

const count = (value: number, thing: string): string => `${value} ${thing}${value === 1 ? '' : 's'}`

/** What a finished job came to, in a few words. */
export function describeOutcome(outcome: JobOutcome): string {
  switch (outcome.kind) {
    case 'import': {
      const imported = outcome.files.filter((file) => file.isImported).length
      const refused = outcome.files.length - imported
      return `${count(imported, 'file')}${refused > 0 ? `, ${refused} refused` : ''}`
    }
    case 'inspect': {
      const kept = outcome.clips.filter((clip) => clip.isKept).length
      return `${kept} of ${count(outcome.clips.length, 'clip')} usable`
    }
    case 'train':
      return `best at step ${outcome.summary.bestStep}, in ${formatTaking(outcome.summary.trainingSec)}`
    case 'audition':
      return 'rendered to listen to'
    case 'convert':
      return outcome.wasCached ? 'taken from what was already rendered' : `in ${formatTaking(outcome.report.renderSec)}`
    case 'export':
      return count(outcome.files.length, 'file')
    case 'engine-check':
      return 'measured'
    case 'engine-install':
      return 'installed and tried'
    default:
      return assertNever(outcome)
  }
}
