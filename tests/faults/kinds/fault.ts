import type { Random } from '../../../src/shared/base/random.ts'
import type { Stage } from '../stage.ts'

/** Something that goes wrong on a person's machine. */
export interface Fault {
  readonly kind: string
  /** In plain words, for the table. */
  readonly what: string
  /** Only where somebody has time for it. */
  readonly isSlow?: boolean
  /** Brings it about while the host is at work; a host that it ends is not started again here. */
  inject(stage: Stage, random: Random): Promise<Injected>
}

export interface Injected {
  /** What exactly was done. */
  readonly detail: string
  /** Takes it back, as the person or time does; called when everything that was under way has ended. */
  undo?(): Promise<void> | void
  /** What must hold of this fault alone, once the host is up again: what was found wrong. */
  aftermath?(): Promise<readonly string[]>
  /** What was spoiled from outside, of which nothing can be promised. */
  readonly spoiled?: 'song' | 'backup' | 'library'
  /** Whoever wrote there could not take back what it had begun: the next start does. */
  readonly tookFolderAway?: boolean
}
