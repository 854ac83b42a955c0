import type { Injected } from '../kinds/fault.ts'
import type { Stage } from '../stage.ts'

/** What holds whatever went wrong. */
export interface Invariant {
  readonly claim: string
  /** What was found wrong, in plain words. */
  check(stage: Stage, injected: Injected): readonly string[] | Promise<readonly string[]>
}
