import type { Failure } from '../../shared/base/errors.ts'
import type { Progress } from '../../shared/base/progress.ts'
import type { JobKind, JobOutcome, JobSubject } from '../../shared/contract/jobs.ts'
import type { NamedTraining } from '../../shared/contract/named-training.ts'
import type { Priority } from '../compute/workers/standing.ts'

/** Lanes run beside each other, each one piece of work at a time: files never wait for the network, previews never for a training, neither for an engine's download. */
export const lanes = ['files', 'interactive', 'training', 'machine'] as const
export type Lane = (typeof lanes)[number]

/** A piece of work before it is a job: what it is about, and how to do it. */
export interface Work {
  readonly kind: JobKind
  readonly title: string
  readonly subject: JobSubject
  /** Of a training alone. */
  readonly training?: NamedTraining
  readonly lane: Lane
  readonly priority: Priority
  /** Work with the same key is done once, for everyone who asked. */
  readonly shareKey: string | null
  /** Newer work with the same key cancels the older: the region asks for something else now. */
  readonly replaceKey: string | null
  /** What was asked, as plain data, where that lets it go on after a restart. */
  readonly request?: unknown
  readonly run: (control: RunControl) => Promise<RunEnd>
}

export type RunCommand = 'cancel' | 'pause' | 'finish'

export interface RunControl {
  readonly progress: Progress
  /** The listener is called at most once per command, at once for one that came before. */
  onCommand(listener: (command: RunCommand) => void): void
}

export type RunEnd =
  | { readonly kind: 'done'; readonly outcome: JobOutcome }
  | { readonly kind: 'cancelled' | 'paused' }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** Time, so that tests can hold it. */
export interface Clock {
  nowMs(): number
  /** Calls once, later; the answer takes it back. */
  after(delayMs: number, action: () => void): () => void
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
