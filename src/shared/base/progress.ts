import { CancelledError } from './errors.ts'

/** How a long computation reports and is stopped. `shared` never sees clocks or signals, only this. */
export interface Progress {
  /** Fraction done in 0…1, with a phase in words ("finding the pitch"). */
  report(fraction: number, phase?: string): void
  readonly isCancelled: boolean
}

export const silentProgress: Progress = { report: () => {}, isCancelled: false }

/** To be called between steps: leaves the computation when the person cancelled it. */
export function throwIfCancelled(progress: Progress): void {
  if (progress.isCancelled) throw new CancelledError()
}

/** A progress that fills the span `from…to` of its parent. */
export function subProgress(parent: Progress, from: number, to: number): Progress {
  return {
    report: (fraction, phase) => parent.report(from + (to - from) * fraction, phase),
    get isCancelled() {
      return parent.isCancelled
    },
  }
}
