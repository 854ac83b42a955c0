import type { JobId, RenderKey, SingerId } from '../../src/shared/base/id.ts'
import type { Request } from '../../src/shared/contract/verbs.ts'

/** What was asked of the host, and what it gave its word for: the measure of everything that is found afterward. */
export interface Ledger {
  /** Every document that is sent has a number of its own, larger than all before. */
  nextNumber(): number
  saveTried(number: number): void
  saveTold(number: number): void
  autosaveTold(number: number): void
  /** The document was taken up again with this number, from its file or its autosave. */
  opened(number: number): void
  readonly saves: { readonly lastTried: number; readonly lastTold: number; readonly toldBefore: number }
  /** The newest number that the host gave its word for, saved or autosaved. */
  newestTold(): number
  readonly jobs: Set<JobId>
  readonly renders: Map<RenderKey, Request<'project:convert'>>
  readonly singers: Set<SingerId>
  /** Files that an export told of, with their samples. */
  readonly exports: Map<string, number>
}

export function createLedger(): Ledger {
  let count = 0
  let autosaved = 0
  const saves = { lastTried: 0, lastTold: 0, toldBefore: 0 }
  return {
    nextNumber: () => ++count,
    saveTried: (number) => void (saves.lastTried = number),
    saveTold(number) {
      saves.toldBefore = saves.lastTold
      saves.lastTold = number
    },
    autosaveTold: (number) => void (autosaved = number),
    opened(number) {
      autosaved = Math.min(autosaved, number)
    },
    saves,
    newestTold: () => Math.max(saves.lastTold, autosaved),
    jobs: new Set(),
    renders: new Map(),
    singers: new Set(),
    exports: new Map(),
  }
}
