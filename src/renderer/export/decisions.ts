import type { RegionId } from '../../shared/base/id.ts'
import { changeRegions } from '../../shared/project/edits/regions.ts'
import type { PlannedFile } from '../../shared/project/export-plan.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import { say } from '../messages/say.svelte.ts'
import type { RegionState } from '../state/region-state.ts'

/** What happens to a doubtful region: converted before, written as it sounds now, or left out. */
export type Answer = 'convert' | 'as-it-is' | 'silent'

export interface Decision {
  readonly region: Region
  readonly icon: 'stale' | 'warning' | 'ring' | 'clock' | 'broken-link'
  readonly words: string
  /** The first is what happens unless the person says otherwise. */
  readonly choices: readonly { readonly answer: Answer; readonly label: string }[]
}

/** The regions of a plan that do not sound as they are asked to, each with the ways out. */
export function decisionsNeeded(
  plan: readonly PlannedFile[],
  project: Project,
  stateOf: (id: RegionId) => RegionState,
): readonly Decision[] {
  const ids = new Set(plan.flatMap((file) => file.regionIds))
  return [...ids]
    .map((id) => project.regions[id])
    .sort((a, b) => a.startSamples - b.startSamples)
    .flatMap((region) => decisionOf(region, stateOf(region.id)) ?? [])
}

const silent = () => ({ answer: 'silent', label: say.exporting.leaveSilent }) as const

function decisionOf(region: Region, state: RegionState): Decision | null {
  switch (state.kind) {
    case 'stale':
      return {
        region,
        icon: 'stale',
        words: say.exporting.outOfDate,
        choices: [
          { answer: 'convert', label: say.exporting.convertFirst },
          { answer: 'as-it-is', label: say.exporting.useOldTake },
          silent(),
        ],
      }
    case 'assigned':
    case 'queued':
    case 'converting':
      return {
        region,
        icon: state.kind === 'assigned' ? 'ring' : 'clock',
        words: state.kind === 'assigned' ? say.exporting.notConvertedYet : say.exporting.stillConverting,
        choices: [
          { answer: 'convert', label: say.exporting.convertFirst },
          { answer: 'as-it-is', label: say.exporting.originalVoice },
          silent(),
        ],
      }
    case 'failed':
      return {
        region,
        icon: 'warning',
        words: say.exporting.failed(state.reason),
        choices: [
          { answer: 'as-it-is', label: region.render ? say.exporting.oldTake : say.exporting.originalVoice },
          silent(),
          { answer: 'convert', label: say.exporting.tryAgain },
        ],
      }
    case 'missing':
      return {
        region,
        icon: 'broken-link',
        words: say.exporting.notFound(state.fileName),
        choices: [silent()],
      }
    default:
      return null
  }
}

/** The document as it is exported: regions that stay silent are muted in it, and nothing else differs. */
export function applyDecisions(
  project: Project,
  answers: ReadonlyMap<RegionId, Answer>,
  needed: readonly Decision[],
): Project {
  const silenced = needed
    .filter(({ region, choices }) => (answers.get(region.id) ?? choices[0].answer) === 'silent')
    .map(({ region }) => region.id)
  return silenced.length === 0 ? project : changeRegions(project, silenced, { isMuted: true })
}
