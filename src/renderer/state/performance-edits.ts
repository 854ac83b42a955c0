import { changePerformance } from '../../shared/project/edits/performance.ts'
import type { Region } from '../../shared/project/model.ts'
import type { Performance } from '../../shared/project/performance.ts'
import { say } from '../messages/say.svelte.ts'
import { idsOf, regionsNamed } from './labels.ts'
import type { Editor } from './Editor.svelte.ts'

export type PerformanceChange = (performance: Performance) => Performance

/** Changes what regions ask for, each act one step. */
export interface PerformanceEdits {
  readonly regions: readonly Region[]
  readonly performances: readonly Performance[]
  edit(label: string, change: PerformanceChange): void
  /** A slider moves within one step, until `drop`. */
  drag(label: string, change: PerformanceChange): void
  drop(): void
}

export function performanceEdits({ session }: Pick<Editor, 'session'>, regions: readonly Region[]): PerformanceEdits {
  const ids = idsOf(regions)
  return {
    regions,
    performances: regions.flatMap((region) => (region.performance ? [region.performance] : [])),
    edit(label, change) {
      session.edit(say.edits.valueOf(label, regionsNamed(regions)), (project) =>
        changePerformance(project, ids, change),
      )
    },
    drag(label, change) {
      if (!session.isGesturing) session.begin(say.edits.valueOf(label, regionsNamed(regions)))
      session.continue((before) => changePerformance(before, ids, change))
    },
    drop: () => session.commit(),
  }
}
